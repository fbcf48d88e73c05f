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

/** What begins so is no query that would be asked again, whatever comes after. */
const WRITES = /^\s*mutation\b/;

/**
 * What a request asks, as a text: equal texts ask the same of the same forum. Null: it asks for something that no kept
 * answer has.
 */
export function requestKey({ method, url, headers, body }: KeyedRequest): string | null {
  const form = DECISIVE.map((name) => headers[name] ?? '').join('\n');
  if (method === 'GET') return `${form}\n${url}`;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const { query, operationName, variables, extensions, ...more } = body as Record<string, unknown>;
  if (typeof query !== 'string' || extensions != null || Object.keys(more).length > 0) return null;
  if (WRITES.test(query)) return null;
  return `${form}\n${JSON.stringify([operationName ?? null, variables ?? null])}\n${query}`;
}

/** The longest document that is remembered: what front ends send, not what somebody makes up to fill the memory. */
const DOCUMENT_CHARS_MAX = 20_000;

/** The operation that a request with a key asks for, whatever its variables; null: it is too long, or a GET. */
export function operationOf({ body }: KeyedRequest): string | null {
  const { query, operationName } = (body ?? {}) as {
    readonly query?: string;
    readonly operationName?: unknown;
  };
  const operation = `${operationName ?? ''}\n${query}`;
  return query === undefined || operation.length > DOCUMENT_CHARS_MAX ? null : operation;
}
