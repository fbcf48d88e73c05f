import type { ExecutionResult } from 'graphql';

/** What a client sees: plain objects, in the order of the answer. */
export const seen = (result: ExecutionResult) => JSON.parse(JSON.stringify(result)) as Seen;

export interface Seen {
  readonly data?: unknown;
  readonly errors?: { readonly message: string; readonly path: (string | number)[] }[];
}

/**
 * The errors that every implementation has to report: where several of them take away the same object, which of them
 * is told depends on which came first, and what failed below is told or not.
 */
export function needed({ data, errors = [] }: Seen): string[] {
  const needed = errors.map((error) => {
    let value: unknown = { data };
    for (const [depth, key] of ['data', ...error.path].entries()) {
      value = (value as Record<string | number, unknown>)[key];
      if (value === null && depth < error.path.length)
        return `something at ${error.path.slice(0, depth).join('.')}`;
    }
    return JSON.stringify(error);
  });
  return [...new Set(needed)].sort();
}
