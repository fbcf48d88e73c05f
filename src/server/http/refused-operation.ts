import type { ErrorCode } from '../../access/errors.ts';
import { cacheHeaders, errorAnswer, type HttpAnswer } from '../../api/http-answer.ts';

/** What the answer to a refused operation depends on. */
export type RefusedRequest = Parameters<typeof cacheHeaders>[0];

export const OVERLOADED = 'The server has more requests than it can answer; send the request again.';
export const STOPPING = 'The server is stopping; send the request again.';

/** An error of the transport, in the media type that the client prefers. */
export function refused(
  request: RefusedRequest,
  status: number,
  code: ErrorCode,
  message: string,
  more: readonly string[] = [],
): HttpAnswer {
  const { headers, body } = errorAnswer(request, status, code, message);
  return { status, headers: [...cacheHeaders(request), ...headers, ...more], body };
}

export function unavailable(request: RefusedRequest, message: string): HttpAnswer {
  return refused(request, 503, 'UNAVAILABLE', message, ['retry-after', '1']);
}
