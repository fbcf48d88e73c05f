// What cannot be parsed has no response of Node's: it is answered over the connection, which is then closed.
import type { Socket } from 'node:net';
import type { ErrorCode } from '../../access/errors.ts';
import { errorAnswer, type HttpAnswer } from '../../api/http-answer.ts';
import type { WebAnswer } from './front-end-build.ts';
import type { RefusalPages, RefusedRequest } from './refusal-pages.ts';
import { bytesOf } from './refuse.ts';

/** An error of Node's parser. */
type ClientError = Error & { readonly code?: string; readonly rawPacket?: Buffer };

export type RefuseConnection = (error: ClientError, socket: Socket) => void;

/**
 * Answers clients whose request is malformed, has too large a head, or arrives too slowly. A browser whose head is too
 * large, as with many cookies, gets a page.
 */
export function connectionRefusals(pages: RefusalPages): RefuseConnection {
  return (error, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const answer = brokenRequest(error.code);
    const request = answer.status === 431 ? headIn(error.rawPacket) : null;
    const page = request && pages.pageFor(request, answer);
    socket.end(bytesOf(page ? answerOf(page) : answer, ['connection', 'close']));
  };
}

function brokenRequest(code: string | undefined): HttpAnswer {
  const answer = (...[status, errorCode, message]: [number, ErrorCode, string]) =>
    errorAnswer({ headers: {} }, status, errorCode, message);
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return answer(408, 'TIMEOUT', 'The request took too long to arrive.');
  if (code === 'HPE_HEADER_OVERFLOW')
    return answer(431, 'BAD_REQUEST', 'The headers of the request are too large.');
  return answer(400, 'BAD_REQUEST', 'This is not an HTTP request.');
}

/** The head that was read last, or what has arrived of it. Null if its beginning was read before. */
function headIn(bytes: Buffer | undefined): RefusedRequest | null {
  const [first = '', ...lines] = bytes?.toString('latin1').split('\r\n') ?? [];
  const [, method, url] = /^(GET|POST) (\S+) HTTP\/1\.[01]$/.exec(first) ?? [];
  if (method === undefined || url === undefined) return null;
  const headers = lines.map((line) => {
    const at = line.indexOf(':');
    return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
  });
  return { method, url, headers: Object.fromEntries(headers) };
}

function answerOf({ status, headers, body }: WebAnswer): HttpAnswer {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().flatMap((one) => [name, one]),
  );
  return { status, headers: lines, body: String(body) };
}
