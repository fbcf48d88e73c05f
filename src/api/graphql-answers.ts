import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { BaseContext, HTTPGraphQLResponse } from '@apollo/server';
import type { CachedAnswer } from '../cache/cached-answer.ts';
import type { Question, ResponseCache } from '../cache/response-cache.ts';
import { chain, isPromise } from '../graphql/execution/index.ts';
import type { AddressOf } from '../server/http/client-address.ts';
import type { Refusals } from '../server/http/refuse.ts';
import type { LoggedRequest } from '../server/http/request-log.ts';
import type { MaybePromise } from '../store/index.ts';
import type { Operations } from './apollo.ts';
import { compressed, encodingFor } from './compressed.ts';
import { Deadline } from './deadline.ts';
import { encoded } from './encoded.ts';
import type { HttpAnswer } from './http-answer.ts';
import { HttpRequest } from './http-request.ts';
import type { OperationNotes } from './operation-notes.ts';
import { answerStatus } from './status.ts';

export const GRAPHQL_PATH = '/graphql';

/** What a context is made from: the request without whatever has received it. */
export interface IncomingRequest {
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  /** The client's address, behind proxies as far as the settings trust them. */
  readonly ip: string;
  /** Aborts when the client goes away or the time for the answer is over. */
  readonly signal: AbortSignal;
}

export type MakeContext<TContext> = (request: IncomingRequest) => TContext | Promise<TContext>;

export interface GraphQLParts<TContext extends BaseContext> {
  /** Started. */
  readonly operations: Operations<TContext>;
  /** Where the operation's note is found once it is answered. */
  readonly notes: OperationNotes;
  readonly makeContext: MakeContext<TContext>;
  readonly addressOf: AddressOf;
  readonly refusals: Refusals;
  /** How long an operation may take. */
  readonly withinMs: number;
  /** Null: no answer is given again. */
  readonly reuse: ResponseCache<TContext> | null;
}

/** A request for an operation that has been received as a whole. */
export interface OperationRequest extends LoggedRequest {
  readonly raw: IncomingMessage;
  readonly headers: IncomingHttpHeaders;
  /** What its JSON says. */
  readonly body?: unknown;
}

/** Answers operations, and notes in the request which one it was. Never throws or rejects. */
export type GraphQLAnswers = (
  request: OperationRequest,
  response: ServerResponse,
) => MaybePromise<HttpAnswer>;

/** What GraphQL over HTTP is answered with, whichever way the request came in. */
export function graphqlAnswers<TContext extends BaseContext>(parts: GraphQLParts<TContext>): GraphQLAnswers {
  const { withinMs, refusals } = parts;
  return (request, response) => {
    const refused = (error: unknown): HttpAnswer => {
      const { status, headers, body } = refusals.answer(error, request);
      return { status, headers: [...commonHeaders(request), ...headers], body };
    };
    const deadline = new Deadline(withinMs, response);
    try {
      const made = answer(parts, request, deadline);
      if (isPromise(made)) return deadline.bound(made).catch(refused);
      // what is there already has taken no time that could be over
      return made;
    } catch (error) {
      return refused(error);
    }
  };
}

/** What every answer says to caches: for whom it is another one, and that it may have changed at any time. */
function commonHeaders({ method }: OperationRequest): string[] {
  return ['cache-control', method === 'GET' ? 'no-cache' : 'no-store', 'vary', 'accept, accept-encoding'];
}

function answer<TContext extends BaseContext>(
  parts: GraphQLParts<TContext>,
  request: OperationRequest,
  deadline: Deadline,
): MaybePromise<HttpAnswer> {
  const question = parts.reuse?.question(request) ?? null;
  const known = question?.known();
  if (known) return cachedAnswer(request, known);
  const settled = question?.settle() ?? null;
  const incoming = new Incoming(request, parts.addressOf, deadline);
  const made = parts.makeContext(incoming);
  return chain(settled ? Promise.all([made, settled]).then(([context]) => context) : made, (context) => {
    const knownToViewer = question?.knownTo(context);
    if (knownToViewer) return cachedAnswer(request, knownToViewer);
    const http = new HttpRequest(request);
    const tracked = question?.tracked(context) ?? context;
    return chain(parts.operations.answer(http, request.headers.accept ?? '', tracked), (made) => {
      // too late, the client has been told so
      if (!deadline.isOver) request.operation = parts.notes.get(http);
      return madeAnswer(request, made, question);
    });
  });
}

/** What has been made for this request; a query that would be answered so again is kept for others. */
function madeAnswer<TContext extends BaseContext>(
  request: OperationRequest,
  { headers: given, status: wanted, body }: HTTPGraphQLResponse,
  question: Question<TContext> | null,
): MaybePromise<HttpAnswer> {
  const note = request.operation;
  const headers = commonHeaders(request);
  for (const [name, value] of given) headers.push(name, value);
  if (note && note.retryAfter > 0) headers.push('retry-after', String(note.retryAfter));
  const contentType = given.get('content-type') ?? '';
  const status = answerStatus(wanted, contentType, note);
  if (body.kind !== 'complete') throw new Error('No operation is answered piece by piece.');
  const sent = encoded(body.string);
  if (status !== 200 || !note?.isRepeatable || note.codes.length > 0) {
    question?.keep(null);
    return packed(request, { status, headers, body: sent });
  }
  question?.keep({ body: sent, contentType });
  return packed(request, tagged(request, headers, sent));
}

function cachedAnswer(request: OperationRequest, kept: CachedAnswer): MaybePromise<HttpAnswer> {
  const headers = [...commonHeaders(request), 'content-type', kept.contentType];
  return packed(request, tagged(request, headers, kept.body), kept);
}

/** For GET, which browsers and proxies keep: whoever has this very answer is told so instead of sent it again. */
function tagged(
  { method, headers: asked }: OperationRequest,
  headers: string[],
  body: string | Buffer,
): HttpAnswer {
  if (method !== 'GET') return { status: 200, headers, body };
  const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  headers.push('etag', etag);
  const held = asked['if-none-match']?.split(',').map((tag) => tag.trim()) ?? [];
  return held.includes(etag) ? { status: 304, headers, body: '' } : { status: 200, headers, body };
}

/** Compresses an answer for a client that takes it so; one that is given again is compressed once. */
function packed(
  request: OperationRequest,
  { status, headers, body }: HttpAnswer,
  kept: CachedAnswer | null = null,
): MaybePromise<HttpAnswer> {
  const encoding = encodingFor(request.headers['accept-encoding'], body);
  if (encoding === null) return { status, headers, body };
  const known = kept?.compressed(encoding);
  const sent = (bytes: Buffer) => ({
    status,
    headers: [...headers, 'content-encoding', encoding],
    body: bytes,
  });
  if (known) return sent(known);
  return compressed(body, encoding).then((bytes) => {
    kept?.keepCompressed(encoding, bytes);
    return sent(bytes);
  });
}

class Incoming implements IncomingRequest {
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly #raw: IncomingMessage;
  readonly #addressOf: AddressOf;
  readonly #deadline: Deadline;

  constructor({ id, headers, raw }: OperationRequest, addressOf: AddressOf, deadline: Deadline) {
    this.id = id;
    this.headers = headers;
    this.#raw = raw;
    this.#addressOf = addressOf;
    this.#deadline = deadline;
  }

  get ip(): string {
    return this.#addressOf(this.#raw);
  }

  get signal(): AbortSignal {
    return this.#deadline.signal;
  }
}
