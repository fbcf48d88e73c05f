import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import proxyAddress from '@fastify/proxy-addr';
import type { IncidentOf } from '../../api/format-error.ts';
import { errorAnswer, type HttpAnswer } from '../../api/http-answer.ts';
import { type AddressOf, GRAPHQL_PATH, OperationRequest } from '../../api/operation-request.ts';
import type { Pipeline } from '../../api/pipeline.ts';
import type { Settings } from '../settings/settings.ts';
import { preflightHeaders, withStandingHeaders } from './headers.ts';
import { BodyRefusal, hasBody, readBody } from './read-body.ts';
import { type RequestLog, requestId } from './request-log.ts';

export interface GraphQLHandlerParts {
  readonly pipeline: Pipeline;
  readonly log: RequestLog;
  readonly incidentOf: IncidentOf;
  readonly settings: Pick<Settings, 'bodyBytesMax' | 'corsOrigins' | 'trustProxy'>;
  /** Whether no new request is taken any more, and whether the server is about to stop. */
  readonly isDrained: () => boolean;
  readonly isStopping: () => boolean;
}

/** Whether a request is for the GraphQL handler; `url` as `node:http` gives it. */
export function isGraphQL({ url = '' }: IncomingMessage): boolean {
  return url === GRAPHQL_PATH || GRAPHQL_URL.test(url);
}

/** With a query string, or with the origin before it, as the standard allows. */
const GRAPHQL_URL = /^(?:https?:\/\/[^/?#]*)?\/graphql(?:[?#]|$)/;

/**
 * Answers every request to /graphql on `node:http` itself, whatever its method, media type and origin: the framework's
 * way of a request costs as much as a vote does.
 */
export function graphqlHandler(parts: GraphQLHandlerParts): RequestListener {
  const addressOf = clientAddress(parts.settings.trustProxy);
  return (raw, response) => {
    const request = new OperationRequest({ id: requestId(raw), raw, response, addressOf });
    const isLogged = logEnd(parts.log, request, response, 200);
    answerTo(parts, request, raw)
      .then((answer) => {
        if (!isLogged) logEnd(parts.log, request, response, answer.status);
        send(parts, request, raw, response, answer);
      })
      .catch((error) => {
        parts.incidentOf(error, { reqId: request.id }); // nothing can be said to the client any more
        response.destroy();
      });
  };
}

async function answerTo(
  { pipeline, settings, isDrained }: GraphQLHandlerParts,
  request: OperationRequest,
  raw: IncomingMessage,
): Promise<HttpAnswer> {
  const { method } = request;
  if (isDrained()) {
    const message = 'The server is stopping; send the request again.';
    const { status, headers, body } = errorAnswer(request, 503, 'UNAVAILABLE', message);
    return { status, headers: [...headers, 'retry-after', '1'], body };
  }
  const preflight = preflightHeaders(settings.corsOrigins, request);
  if (preflight) return { status: 204, headers: preflight, body: '' };
  if (method !== 'GET' && method !== 'POST') {
    const message = `This URL accepts GET, POST, not ${method}.`;
    const { status, headers, body } = errorAnswer(request, 405, 'BAD_REQUEST', message);
    return { status, headers: [...headers, 'allow', 'GET, POST'], body };
  }
  try {
    if (method === 'POST') request.body = await readBody(raw, settings.bodyBytesMax);
  } catch (error) {
    if (!(error instanceof BodyRefusal)) throw error;
    return errorAnswer(request, error.status, 'BAD_REQUEST', error.message);
  }
  return pipeline.answer(request);
}

function send(
  { settings, isStopping }: GraphQLHandlerParts,
  request: OperationRequest,
  raw: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: HttpAnswer,
): void {
  const all = withStandingHeaders(settings.corsOrigins, request, headers);
  if (status !== 304) all.push('content-length', String(Buffer.byteLength(body)));
  // A connection that stays open would hold up the stop for as long as its client keeps it; and what a client still
  // sends of a body that is not wanted would be taken for its next request.
  if (isStopping() || (hasBody(request.headers) && !raw.complete)) all.push('connection', 'close');
  response.writeHead(status, all);
  response.end(body);
}

/** Logs the request once it has ended, if one with this status is logged: most servers log none, and to listen costs. */
function logEnd(
  log: RequestLog,
  request: OperationRequest,
  response: ServerResponse,
  status: number,
): boolean {
  if (!log.logs(status)) return false;
  response.once('close', () => {
    if (!response.writableFinished) log.gone(request);
    else log.answered(request, response.statusCode, performance.now() - request.receivedAt);
  });
  return true;
}

/** Reads addresses by a setting: whose X-Forwarded-For is believed. */
function clientAddress(trustProxy: Settings['trustProxy']): AddressOf {
  if (trustProxy === false) return ({ socket }) => socket.remoteAddress ?? '';
  const isTrusted = trustOf(trustProxy);
  return (request) => proxyAddress(request, isTrusted) ?? '';
}

function trustOf(setting: true | number | readonly string[]): (address: string, hop: number) => boolean {
  if (setting === true) return () => true;
  if (typeof setting === 'number') return (_address, hop) => hop < setting;
  return proxyAddress.compile([...setting]);
}
