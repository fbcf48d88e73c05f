import type { Answer } from './forum.ts';

/** Code and field of an answer's one error; a field only where it names one. */
export function refusalOf(answer: Answer): { readonly code: string; readonly field?: string } {
  const [error, ...more] = answer.errors ?? [];
  if (!error || more.length > 0) throw new Error(`No single refusal: ${JSON.stringify(answer)}`);
  const { code, field } = error.extensions;
  return { code, ...(field && { field }) };
}
