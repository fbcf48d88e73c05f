import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpAnswer } from '../../api/http-answer.ts';
import type { IncidentOf } from '../../api/incidents.ts';
import { GRAPHQL_PATH, OperationRequest } from '../../api/operation-request.ts';
import type { Pipeline } from '../../api/pipeline.ts';
import type { Observer } from '../observe/observer.ts';
import type { Admission, Overload } from '../overload/admission.ts';
import type { Handle } from '../overload/one-at-a-time.ts';
import type { Connections } from '../overload/open-connections.ts';
import type { PacedRefusals } from '../overload/paced-refusals.ts';
import type { Settings } from '../settings/settings.ts';
import { clientAddress } from './client-address.ts';
import { preflightHeaders, withCommonHeaders } from './headers.ts';
import { BodyRefusal, hasBody, readBody } from './read-body.ts';
import { OVERLOADED, refused, STOPPING, unavailable } from './refused-operation.ts';
import { type RequestLog, requestId } from './request-log.ts';

interface GraphQLHandlerParts {
  readonly pipeline: Pipeline;
  readonly log: RequestLog;
  readonly incidentOf: IncidentOf;
  readonly settings: Pick<Settings, 'bodyBytesMax' | 'corsOrigins' | 'trustProxy'>;
  readonly admission: Admission;
  readonly refusals: PacedRefusals;
  readonly connections: Pick<Connections, 'refuse'>;
  readonly observer: Required<Observer>;
  /** Whether new requests are refused. */
  readonly isDrained: () => boolean;
  /** Whether the server is about to stop. */
  readonly isStopping: () => boolean;
}

/** Whether a request is for /graphql, or for /graphql/, as some clients and proxies write it. */
export function isGraphQL({ url = '' }: IncomingMessage): boolean {
  return url === GRAPHQL_PATH || GRAPHQL_URL.test(url);
}

/** The path may have a query string after it and, as the standard allows, an origin before it. */
const GRAPHQL_URL = /^(?:https?:\/\/[^/?#]*)?\/graphql\/?(?:[?#]|$)/;

/** Answers every request to /graphql on `node:http` itself: passing through Fastify costs as much as a vote. */
export function graphqlHandler(parts: GraphQLHandlerParts): Handle {
  const { admission, observer } = parts;
  const addressOf = clientAddress(parts.settings.trustProxy);
  return (raw, response, arrivedAt) => {
    const request = new OperationRequest({ id: requestId(raw), raw, response, arrivedAt, addressOf });
    const overload = admission.refusalOf(arrivedAt);
    if (overload !== null) {
      refuse(parts, overload, request, raw, response);
      return;
    }
    const isLogged = logEnd(parts.log, request, response, 200);
    observer.begun(request);
    answerTo(parts, request, raw)
      .then((answer) => {
        if (!isLogged) logEnd(parts.log, request, response, answer.status);
        observer.ended(request, answer.status);
        send(parts, request, raw, response, answer);
      })
      .catch((error) => {
        parts.incidentOf(error, { reqId: request.id }); // too late for an answer to the client
        response.destroy();
      });
  };
}

/** Refuses a request without reading its body. What the client has sent behind it has waited as long. */
function refuse(
  parts: GraphQLHandlerParts,
  overload: Overload,
  request: OperationRequest,
  raw: IncomingMessage,
  response: ServerResponse,
): void {
  parts.observer.refused(overload);
  raw.resume();
  const sendRefusal = () => send(parts, request, raw, response, unavailable(request, OVERLOADED));
  if (!parts.connections.refuse(raw)) {
    sendRefusal();
    return;
  }
  parts.refusals.add({
    get isGone() {
      return response.destroyed;
    },
    laterMs: 0,
    send: sendRefusal,
  });
}

async function answerTo(
  { pipeline, settings, admission, isDrained }: GraphQLHandlerParts,
  request: OperationRequest,
  raw: IncomingMessage,
): Promise<HttpAnswer> {
  const { method } = request;
  if (isDrained()) return unavailable(request, STOPPING);
  const preflight = preflightHeaders(settings.corsOrigins, request);
  if (preflight) return { status: 204, headers: preflight, body: '' };
  if (method !== 'GET' && method !== 'POST') {
    const message = `This URL accepts GET, POST, not ${method}.`;
    return refused(request, 405, 'BAD_REQUEST', message, ['allow', 'GET, POST']);
  }
  try {
    if (method === 'POST') request.body = await readBody(raw, settings.bodyBytesMax);
  } catch (error) {
    if (!(error instanceof BodyRefusal)) throw error;
    return refused(request, error.status, 'BAD_REQUEST', error.message);
  }
  // the client has gone: nobody waits for the answer
  if (request.isOver) return { status: 499, headers: [], body: '' };
  admission.begin(); // now, so that bodies that arrive slowly keep nobody out
  try {
    return await pipeline.answer(request);
  } finally {
    admission.end(request.receivedAt);
  }
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
  // an open connection would delay the stop
  if (isStopping() || !isReadToItsEnd(raw, settings.bodyBytesMax)) all.push('connection', 'close');
  response.writeHead(status, all);
  response.end(body);
}

/** Whether the body has arrived, or is short enough for Node to receive and discard it before the next request. */
function isReadToItsEnd({ headers, complete }: IncomingMessage, bytesMax: number): boolean {
  return complete || !hasBody(headers) || Number(headers['content-length']) <= bytesMax;
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
