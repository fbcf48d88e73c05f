import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { ErrorCode } from '../access/errors.ts';
import type { CachedAnswer } from '../cache/response-cache.ts';
import { compressBody, encodingFor } from './answer-body.ts';

/** What a request is answered with. */
export interface HttpAnswer {
  readonly status: number;
  /** Names, in lower case and each once, and values in turn: an object with other members each time is slower. */
  readonly headers: readonly string[];
  readonly body: string | Buffer;
}

/** A request as far as the form of its answer goes. */
interface Asked {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

/** The HTTP status of an answer without data, by the code of its error. */
const STATUS: Readonly<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  BAD_USER_INPUT: 400,
  CONFLICT: 409,
  LOCKED: 403,
  RATE_LIMITED: 429,
  QUERY_TOO_COMPLEX: 400,
  IDEMPOTENCY_KEY_REUSED: 409,
  BAD_REQUEST: 400,
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  TIMEOUT: 503,
  UNAVAILABLE: 503,
  INTERNAL_SERVER_ERROR: 500,
};

/** Well-formed requests that cannot run. */
const CANNOT_RUN: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'QUERY_TOO_COMPLEX',
]);

/** The HTTP status of an answer that is nothing but an error with this code. */
export function statusOf(code: ErrorCode): number {
  return STATUS[code];
}

/**
 * The HTTP status of a GraphQL answer without data, by GraphQL over HTTP (graphql.github.io/graphql-over-http, "Status
 * Codes"): an operation that could not run answers 200 as `application/json`, where older clients take any other status
 * for a broken transport, and 400 as `application/graphql-response+json`. `given` is what Apollo chose, which stands
 * where it knows more: 405 and 406 for instance.
 */
export function statusWithoutData(
  codes: readonly ErrorCode[],
  contentType: string,
  given: number | undefined,
): number {
  const [code] = codes;
  if (code === undefined) return given ?? 200;
  if (given !== undefined && given !== 400 && given !== 500) return given;
  if (codes.every((one) => CANNOT_RUN.has(one)) && contentType.startsWith('application/json')) return 200;
  return STATUS[code];
}

/** What every answer to an operation says to caches: for whom it is another one, and that it may change at any time. */
export function cacheHeaders({ method }: Asked): string[] {
  return ['cache-control', method === 'GET' ? 'no-cache' : 'no-store', 'vary', 'accept, accept-encoding'];
}

/** An answer to a GET, which browsers and proxies keep, with its ETag: whoever has this very answer gets 304. */
export function withEtag({ method, headers: asked }: Asked, answer: HttpAnswer): HttpAnswer {
  if (method !== 'GET') return answer;
  const etag = `W/"${createHash('sha256').update(answer.body).digest('base64url').slice(0, 27)}"`;
  const headers = [...answer.headers, 'etag', etag];
  const held = asked['if-none-match']?.split(',').map((tag) => tag.trim()) ?? [];
  return held.includes(etag) ? { status: 304, headers, body: '' } : { ...answer, headers };
}

/** Compresses an answer for a client that accepts it so. One that comes from the cache is compressed once. */
export function compressed(
  { headers: asked }: Asked,
  { status, headers, body }: HttpAnswer,
  cached: CachedAnswer | null = null,
): HttpAnswer | Promise<HttpAnswer> {
  const encoding = encodingFor(asked['accept-encoding'], body);
  if (encoding === null) return { status, headers, body };
  const withBody = (bytes: Buffer): HttpAnswer => ({
    status,
    headers: [...headers, 'content-encoding', encoding],
    body: bytes,
  });
  const known = cached?.compressed(encoding);
  if (known) return withBody(known);
  return compressBody(body, encoding).then((bytes) => {
    cached?.addCompressed(encoding, bytes);
    return withBody(bytes);
  });
}

/** An error of the transport: the body has the shape of a GraphQL answer without data. */
export function errorAnswer(
  { headers: { accept = '' } }: Pick<Asked, 'headers'>,
  status: number,
  code: ErrorCode,
  message: string,
  extensions: object = {},
): HttpAnswer {
  const isGraphQLOnly =
    accept.includes('application/graphql-response+json') && !accept.includes('application/json');
  return {
    status,
    headers: [
      'content-type',
      `application/${isGraphQLOnly ? 'graphql-response+json' : 'json'}; charset=utf-8`,
    ],
    body: JSON.stringify({ errors: [{ message, extensions: { code, ...extensions } }] }),
  };
}
