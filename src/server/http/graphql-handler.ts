import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import proxyAddress from '@fastify/proxy-addr';
import { addressIn } from '../../access/address-block.ts';
import type { IncidentOf } from '../../api/format-error.ts';
import { errorAnswer, type HttpAnswer } from '../../api/http-answer.ts';
import { type AddressOf, GRAPHQL_PATH, OperationRequest } from '../../api/operation-request.ts';
import type { Pipeline } from '../../api/pipeline.ts';
import type { Settings } from '../settings/settings.ts';
import { preflightHeaders, withCommonHeaders } from './headers.ts';
import { BodyRefusal, hasBody, readBody } from './read-body.ts';
import { type RequestLog, requestId } from './request-log.ts';

interface GraphQLHandlerParts {
  readonly pipeline: Pipeline;
  readonly log: RequestLog;
  readonly incidentOf: IncidentOf;
  readonly settings: Pick<Settings, 'bodyBytesMax' | 'corsOrigins' | 'trustProxy'>;
  /** Whether new requests are refused. */
  readonly isDrained: () => boolean;
  /** Whether the server is about to stop. */
  readonly isStopping: () => boolean;
}

/** Whether a request is for /graphql. */
export function isGraphQL({ url = '' }: IncomingMessage): boolean {
  return url === GRAPHQL_PATH || GRAPHQL_URL.test(url);
}

/** The path may have a query string after it and, as the standard allows, an origin before it. */
const GRAPHQL_URL = /^(?:https?:\/\/[^/?#]*)?\/graphql(?:[?#]|$)/;

/** Answers every request to /graphql on `node:http` itself: passing through Fastify costs as much as a vote. */
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
        parts.incidentOf(error, { reqId: request.id }); // too late for an answer to the client
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
  const all = withCommonHeaders(settings.corsOrigins, request, headers);
  if (status !== 304) all.push('content-length', String(Buffer.byteLength(body)));
  // An open connection would delay the stop. The rest of an unread body would be taken for the next request.
  if (isStopping() || (hasBody(request.headers) && !raw.complete)) all.push('connection', 'close');
  response.writeHead(status, all);
  response.end(body);
}

/**
 * Logs the request when it ends, if a request with this status is logged. Most servers log none, and a listener costs
 * time.
 */
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

/** Determines client addresses: the setting says whose X-Forwarded-For headers are trusted. */
function clientAddress(trustProxy: Settings['trustProxy']): AddressOf {
  if (trustProxy === false) return ({ socket }) => socket.remoteAddress ?? '';
  const isTrusted = trustOf(trustProxy);
  return ({ socket, headers }) => {
    let address = socket.remoteAddress ?? '';
    const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').reverse();
    for (const [hop, entry] of forwarded.entries()) {
      const before = isTrusted(address, hop) ? addressIn(entry.trim()) : null;
      // what cannot be read counts as the peer that sent it
      if (before === null) break;
      address = before;
    }
    return address;
  };
}

function trustOf(setting: true | number | readonly string[]): (address: string, hop: number) => boolean {
  if (setting === true) return () => true;
  if (typeof setting === 'number') return (_address, hop) => hop < setting;
  return proxyAddress.compile([...setting]);
}
