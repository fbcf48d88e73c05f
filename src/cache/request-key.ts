import type { IncomingHttpHeaders } from 'node:http';

/** The parts of a request that its cache key is made from. */
export interface KeyedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body?: unknown;
}

/** Request headers that change the answer. */
const DECISIVE = [
  'accept',
  'content-type',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'x-query-cost',
];

/** Documents that begin with a mutation are never looked up. */
const MUTATION = /^\s*mutation\b/;

/** The cache key of a request: guests who send the same key get the same answer. Null if the answer is never cached. */
export function requestKey({ method, url, headers, body }: KeyedRequest): string | null {
  const form = DECISIVE.map((name) => headers[name] ?? '').join('\n');
  if (method === 'GET') return `${form}\n${url}`;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const { query, operationName, variables, extensions, ...more } = body as Record<string, unknown>;
  if (typeof query !== 'string' || extensions != null || Object.keys(more).length > 0) return null;
  if (MUTATION.test(query)) return null;
  return `${form}\n${JSON.stringify([operationName ?? null, variables ?? null])}\n${query}`;
}
