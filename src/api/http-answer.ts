import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { ErrorCode } from '../access/errors.ts';
import type { CachedAnswer } from '../cache/response-cache.ts';
import { compressBody, encodingFor } from './answer-body.ts';
import { JSON_TYPE, mediaTypeFor } from './media-type.ts';

export interface HttpAnswer {
  readonly status: number;
  /**
   * Alternating names and values; names are unique and in lower case. An array is faster than objects of varying shape.
   */
  readonly headers: readonly string[];
  readonly body: string | Buffer;
}

/** The parts of a request that decide the form of its answer. */
interface AnsweredRequest {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

/** The caching headers of every answer to an operation. No shared cache stores what a credential was answered. */
export function cacheHeaders({ method, headers }: AnsweredRequest): string[] {
  const control = headers.authorization === undefined ? 'no-cache' : 'private, no-cache';
  const all = ['cache-control', method === 'GET' ? control : 'no-store'];
  all.push('vary', 'accept, accept-encoding, authorization');
  return all;
}

/** Adds an ETag to the answer to a GET. A client that already has this answer gets 304. */
export function withEtag({ method, headers: sent }: AnsweredRequest, answer: HttpAnswer): HttpAnswer {
  if (method !== 'GET') return answer;
  const etag = `W/"${createHash('sha256').update(answer.body).digest('base64url').slice(0, 27)}"`;
  const headers = [...answer.headers, 'etag', etag];
  const known = sent['if-none-match']?.split(',').map((tag) => tag.trim()) ?? [];
  return known.includes(etag) ? { status: 304, headers, body: '' } : { ...answer, headers };
}

/** Compresses an answer if the client accepts it. A cached answer is compressed once. */
export function compressed(
  { headers: sent }: AnsweredRequest,
  { status, headers, body }: HttpAnswer,
  cached: CachedAnswer | null = null,
): HttpAnswer | Promise<HttpAnswer> {
  const encoding = encodingFor(sent['accept-encoding'], body);
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

/**
 * Refuses an array of operations with one error for each of them, since a client that sends batches looks for as many
 * results.
 */
export function batchAnswer(request: AnsweredRequest, count: number): HttpAnswer {
  const message = 'Operations cannot be sent in batches: send each in a request of its own.';
  const { headers, body } = errorAnswer(request, 400, 'BATCHING_NOT_SUPPORTED', message);
  const [, contentType = ''] = headers;
  return {
    status: contentType === JSON_TYPE ? 200 : 400,
    headers: [...cacheHeaders(request), ...headers],
    body: `[${Array.from({ length: Math.min(Math.max(count, 1), BATCH_MAX) }, () => body).join()}]`,
  };
}

/** How many operations of a batch are refused one by one; an empty batch is refused once. Clients send no more than ten by default. */
const BATCH_MAX = 100;

/** An error of the transport. Its body has the shape of a GraphQL answer without data. */
export function errorAnswer(
  { headers: { accept } }: Pick<AnsweredRequest, 'headers'>,
  status: number,
  code: ErrorCode,
  message: string,
  extensions: object = {},
): HttpAnswer {
  return {
    status,
    // a client that accepts neither is not told less
    headers: ['content-type', mediaTypeFor(accept) ?? JSON_TYPE],
    body: JSON.stringify({ errors: [{ message, extensions: { code, ...extensions } }] }),
  };
}
