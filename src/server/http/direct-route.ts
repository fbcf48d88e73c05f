import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { GRAPHQL_PATH, type GraphQLAnswers, type OperationRequest } from '../../api/graphql-answers.ts';
import type { HttpAnswer } from '../../api/http-answer.ts';
import { isPromise } from '../../graphql/execution/index.ts';
import type { MaybePromise } from '../../store/index.ts';
import { parsedJson } from './json-body.ts';
import type { Refusals } from './refuse.ts';
import { type OperationNote, type RequestLog, requestId } from './request-log.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

export interface DirectParts {
  readonly answers: GraphQLAnswers;
  readonly refusals: Refusals;
  readonly log: RequestLog;
  readonly bodyBytesMax: number;
  /** What CORS adds to every answer; null: it depends on the request's origin. */
  readonly corsHeaders: readonly string[] | null;
  /** Whether the server still takes requests, and whether it is about to stop. */
  readonly isDrained: () => boolean;
  readonly isStopping: () => boolean;
}

const FIXED = Object.entries(SECURITY_HEADERS).flat();

/** How nearly every client writes it. */
const JSON_TYPES: ReadonlySet<string | undefined> = new Set([
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=UTF-8',
]);

/**
 * Answers what is plainly an operation, a POST of JSON of a known length, before the framework sees it: its way of a
 * request costs as much as a vote does. All that is unusual, or wrong before the body is read, goes on to the framework,
 * which answers the same operations with the same headers (a test compares them), but that it says `vary: Origin` as well
 * where a setting names origins; no cache keeps the answer to a POST.
 */
export function installDirect(app: FastifyInstance, parts: DirectParts): void {
  const rest = app.server.listeners('request') as RequestListener[];
  app.server.removeAllListeners('request');
  app.server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (isPlain(request, parts)) receive(parts, request, response);
    else for (const listener of rest) listener.call(app.server, request, response);
  });
}

function isPlain({ method, url, headers }: IncomingMessage, parts: DirectParts): boolean {
  return (
    method === 'POST' &&
    url === GRAPHQL_PATH &&
    JSON_TYPES.has(headers['content-type']) &&
    headers['content-encoding'] === undefined &&
    // NaN where there is none
    Number(headers['content-length']) <= parts.bodyBytesMax &&
    (parts.corsHeaders !== null || headers.origin === undefined) &&
    !parts.isDrained()
  );
}

function receive(parts: DirectParts, raw: IncomingMessage, response: ServerResponse): void {
  const request = new Received(raw);
  const isTold = tell(parts.log, request, response, 200);
  const chunks: Buffer[] = [];
  raw.on('data', (chunk: Buffer) => chunks.push(chunk));
  raw.on('end', () => {
    const answer = answerTo(parts, request, chunks, response);
    const fail = (error: unknown) => {
      parts.refusals.answer(error, request); // logs it; nothing can be said to the client any more
      response.destroy();
    };
    const sendNow = (made: HttpAnswer) => {
      try {
        if (!isTold) tell(parts.log, request, response, made.status);
        send(parts, request, response, made);
      } catch (error) {
        fail(error);
      }
    };
    if (isPromise(answer)) answer.then(sendNow as (made: unknown) => void, fail);
    else sendNow(answer as HttpAnswer);
  });
}

/** Logs the request once it has ended, if one with this status gets a line; most servers log none, and to listen costs. */
function tell(log: RequestLog, request: Received, response: ServerResponse, status: number): boolean {
  if (!log.tells(status)) return false;
  response.once('close', () => {
    if (!response.writableFinished) log.gone(request);
    else log.answered(request, response.statusCode, performance.now() - request.receivedAt);
  });
  return true;
}

function answerTo(
  { answers, refusals }: DirectParts,
  request: Received,
  chunks: readonly Buffer[],
  response: ServerResponse,
): MaybePromise<HttpAnswer> {
  try {
    const [first] = chunks;
    request.body = parsedJson(first && chunks.length === 1 ? first : Buffer.concat(chunks));
  } catch (error) {
    return refusals.answer(error, request);
  }
  return answers(request, response);
}

function send(
  { corsHeaders, isStopping }: DirectParts,
  { id }: Received,
  response: ServerResponse,
  { status, headers, body }: HttpAnswer,
): void {
  const all = [...FIXED, ...(corsHeaders ?? []), 'x-request-id', id, ...headers];
  all.push('content-length', String(Buffer.byteLength(body)));
  // A connection that stays open would hold up the stop for as long as its client keeps it.
  if (isStopping()) all.push('connection', 'close');
  response.writeHead(status, all);
  response.end(body);
}

class Received implements OperationRequest {
  readonly raw: IncomingMessage;
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly method = 'POST';
  readonly url = GRAPHQL_PATH;
  readonly receivedAt = performance.now();
  body: unknown;
  operation: OperationNote | null = null;

  constructor(raw: IncomingMessage) {
    this.raw = raw;
    this.id = requestId(raw);
    this.headers = raw.headers;
  }
}
