import { type IncomingHttpHeaders, type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { type ErrorCode, Refusal } from '../../access/errors.ts';
import type { Incident } from '../../api/format-error.ts';
import { type HttpAnswer, sendAnswer } from '../../api/http-answer.ts';
import { statusOf } from '../../api/status.ts';

/** The body of every answer that is an error of the transport: the shape of a GraphQL answer that has no data. */
function errorBody(code: ErrorCode, message: string, extensions: object = {}): string {
  return JSON.stringify({ errors: [{ message, extensions: { code, ...extensions } }] });
}

/** Answers with an error of the transport. */
export function refuse(reply: FastifyReply, status: number, code: ErrorCode, message: string): FastifyReply {
  return reply.code(status).type(mediaTypeFor(reply.request)).send(errorBody(code, message));
}

export interface RefusedRequest {
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly raw: IncomingMessage;
}

/** What is answered where something was thrown instead. */
export interface Refusals {
  answer(error: unknown, request: RefusedRequest): HttpAnswer;
}

/** Answers refusals with the status of their code, and whatever is no refusal as an incident. */
export function createRefusals(
  limits: Limits,
  incidentOf: (fault: unknown, where?: object) => Incident,
): Refusals {
  return {
    answer: (error, request) => {
      const headers = ['content-type', mediaTypeFor(request)];
      if (error instanceof Refusal) {
        if (error.retryAfter !== undefined) headers.push('retry-after', String(error.retryAfter));
        return { status: statusOf(error.code), headers, body: errorBody(error.code, error.message) };
      }
      const known = knownRefusal(error as FastifyError, limits);
      if (known) {
        // What is left of the body is not wanted, and a client that is still sending would take it for the next answer.
        if (!request.raw.complete) headers.push('connection', 'close');
        const [status, code, message] = known;
        return { status, headers, body: errorBody(code, message) };
      }
      const { id, message } = incidentOf(error, { reqId: request.id });
      return { status: 500, headers, body: errorBody('INTERNAL_SERVER_ERROR', message, { incident: id }) };
    },
  };
}

/** Answers what no handler answers: unknown paths, wrong methods, and whatever is thrown on the way. */
export function installRefusals(app: FastifyInstance, refusals: Refusals): void {
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.replace(/\?.*/s, '');
    const allowed = ['GET', 'HEAD', 'POST'].filter((method) =>
      app.hasRoute({ method: method as 'GET', url: path }),
    );
    if (allowed.length === 0) return refuse(reply, 404, 'NOT_FOUND', 'There is nothing at this URL.');
    reply.header('allow', allowed.join(', '));
    return refuse(
      reply,
      405,
      'BAD_REQUEST',
      `This URL accepts ${allowed.join(', ')}, not ${request.method}.`,
    );
  });

  app.setErrorHandler((error, request, reply) => {
    return sendAnswer(reply, refusals.answer(error, request));
  });
}

interface Limits {
  readonly bodyBytesMax: number;
}

type KnownRefusal = readonly [status: number, code: ErrorCode, message: string];

function knownRefusal(
  error: Partial<FastifyError> | null | undefined,
  { bodyBytesMax }: Limits,
): KnownRefusal | null {
  switch (error?.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return [413, 'BAD_REQUEST', `The body is larger than ${bodyBytesMax} bytes.`];
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return [415, 'BAD_REQUEST', 'Send the operation as application/json in UTF-8.'];
  }
  const status = error?.statusCode ?? 500;
  if (status === 400)
    return [400, 'BAD_REQUEST', 'The body is not valid JSON in UTF-8, or it is nested too deeply.'];
  return status < 500 ? [status, 'BAD_REQUEST', `${STATUS_CODES[status] ?? 'Bad request'}.`] : null;
}

/** Answers a client whose bytes never became a request: malformed, too much of a head, or too slow. */
export function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, code, message] = brokenRequest(error.code);
  const body = errorBody(code, message);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function brokenRequest(code: string | undefined): KnownRefusal {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return [408, 'TIMEOUT', 'The request took too long to arrive.'];
  if (code === 'HPE_HEADER_OVERFLOW')
    return [431, 'BAD_REQUEST', 'The headers of the request are too large.'];
  return [400, 'BAD_REQUEST', 'This is not an HTTP request.'];
}

function mediaTypeFor({ headers: { accept = '' } }: { readonly headers: IncomingHttpHeaders }): string {
  return accept.includes('application/graphql-response+json') && !accept.includes('application/json')
    ? 'application/graphql-response+json; charset=utf-8'
    : 'application/json; charset=utf-8';
}
