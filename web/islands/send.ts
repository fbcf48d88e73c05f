import { reach } from './connection.ts';

/** Sends a form as it is, with some of its values replaced, and resolves to the answer's JSON. */
export async function sendForm<T>(
  form: HTMLFormElement,
  changes: Readonly<Record<string, string>>,
): Promise<T> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
  for (const [name, value] of Object.entries(changes)) body.set(name, value);
  const init = { method: 'POST', headers: { accept: 'application/json' }, body };
  return answered(await reach(form.action, init, true));
}

/** Resolves to the JSON at an address. The browser asks with the `ETag` of the answer that it has. */
export async function getJson<T>(
  path: string,
  query: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<T> {
  const init = { headers: { accept: 'application/json' }, ...(signal && { signal }) };
  return answered(await reach(`${path}?${new URLSearchParams(query)}`, init, false));
}

async function answered<T>(response: Response): Promise<T> {
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}
