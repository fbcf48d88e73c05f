import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorCode } from '../../access/errors.ts';
import { answerToError } from '../../api/format-error.ts';
import { errorAnswer, type HttpAnswer } from '../../api/http-answer.ts';
import type { IncidentOf } from '../../api/incidents.ts';
import type { WebAnswer } from './front-end-build.ts';
import type { RefusalPages } from './refusal-pages.ts';

/** Answers with an error of the transport. `pages`: those for browsers. If omitted, browsers get it as JSON too. */
export function refuse(
  reply: FastifyReply,
  status: number,
  code: ErrorCode,
  message: string,
  pages: RefusalPages | null = null,
): FastifyReply {
  return send(reply, errorAnswer(reply.request, status, code, message), pages);
}

/** Refuses a request for a URL at which there is nothing. */
export function refuseUnknownUrl(reply: FastifyReply): FastifyReply {
  return refuse(reply, 404, 'NOT_FOUND', 'There is nothing at this URL.');
}

/** Sends a page, which says itself whether it may be embedded. */
export function sendPage(reply: FastifyReply, { status, headers, body }: WebAnswer): FastifyReply {
  reply.removeHeader('x-frame-options');
  return reply.headers(headers).code(status).send(body);
}

function send(reply: FastifyReply, answer: HttpAnswer, pages: RefusalPages | null): FastifyReply {
  const page = pages?.pageFor(reply.request, answer);
  if (page) return sendPage(reply, page);
  const { status, headers, body } = answer;
  for (let at = 0; at < headers.length; at += 2) reply.header(headers[at] as string, headers[at + 1]);
  return reply.code(status).send(body);
}

/** Refuses other methods at all URLs of a route that serves documents. */
export function refuseOtherMethods(app: FastifyInstance, url: string): void {
  app.route({
    method: ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url,
    handler: (request, reply) => refuseMethod(request, reply, ['GET', 'HEAD']),
  });
}

function refuseMethod({ method }: FastifyRequest, reply: FastifyReply, allowed: readonly string[]) {
  reply.header('allow', allowed.join(', '));
  return refuse(reply, 405, 'BAD_REQUEST', `This URL accepts ${allowed.join(', ')}, not ${method}.`);
}

/** A browser reads no answer before it has sent its form, so as much of a form that is too large is received and discarded. */
const DISCARDED_BYTES_MAX = 16 * 1024 * 1024;

/** Answers what no route of Fastify handles: unknown paths, wrong methods, and errors. */
export function installRefusals(app: FastifyInstance, incidentOf: IncidentOf, pages: RefusalPages): void {
  // no route here takes a body, so none is read
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _body, done) => done(null));

  app.setNotFoundHandler((request, reply) => {
    const path = request.url.replace(/\?.*/s, '');
    const allowed = ['GET', 'HEAD'].filter((method) => app.hasRoute({ method: method as 'GET', url: path }));
    if (allowed.length === 0) return refuseUnknownUrl(reply);
    return refuseMethod(request, reply, allowed);
  });

  app.setErrorHandler((error, request, reply) => {
    const status = (error as Partial<FastifyError> | null)?.statusCode ?? 500;
    // Fastify would close the connection, and the answer could be lost with it
    const isShort = Number(request.headers['content-length']) <= DISCARDED_BYTES_MAX;
    if (status === 413 && isShort) reply.removeHeader('connection');
    if (status >= 500) return send(reply, answerToError(incidentOf, error, request), pages);
    return refuse(reply, status, 'BAD_REQUEST', `${STATUS_CODES[status] ?? 'Bad request'}.`, pages);
  });
}

/** An answer as it is sent over a connection, for requests that have no response of Node's. */
export function bytesOf({ status, headers, body }: HttpAnswer, more: readonly string[] = []): Buffer {
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`];
  const all = [...headers, 'content-length', String(Buffer.byteLength(body)), ...more];
  for (let at = 0; at < all.length; at += 2) lines.push(`${all[at]}: ${all[at + 1]}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
