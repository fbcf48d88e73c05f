import type { IncomingHttpHeaders } from 'node:http';

/** A request as far as it says what is asked. */
export interface KeyedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body?: unknown;
}

/** Headers that decide whether and in which form an operation is answered. */
const DECISIVE = [
  'accept',
  'content-type',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'x-query-cost',
];

/** A document that begins so is not looked for, whatever comes after. */
const WRITES = /^\s*mutation\b/;

/** What a request asks, as a text: guests who send equal texts get equal answers. Null: its answer is not cached. */
export function requestKey({ method, url, headers, body }: KeyedRequest): string | null {
  const form = DECISIVE.map((name) => headers[name] ?? '').join('\n');
  if (method === 'GET') return `${form}\n${url}`;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const { query, operationName, variables, extensions, ...more } = body as Record<string, unknown>;
  if (typeof query !== 'string' || extensions != null || Object.keys(more).length > 0) return null;
  if (WRITES.test(query)) return null;
  return `${form}\n${JSON.stringify([operationName ?? null, variables ?? null])}\n${query}`;
}
