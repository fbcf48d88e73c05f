import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { type BaseContext, HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../kit/errors.ts';
import type { KeptAnswer } from '../reuse/answer-cache.ts';
import type { Reuse } from '../reuse/reuse.ts';
import type { Operations } from './apollo.ts';
import { Deadline } from './deadline.ts';
import type { OperationNotes } from './operation-notes.ts';
import { refuse } from './refuse.ts';
import { answerStatus, statusOf } from './status.ts';

export const GRAPHQL_PATH = '/graphql';

/** What a context is made from: the request without the framework around it. */
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
  /** How long an operation may take. */
  readonly withinMs: number;
  /** Null: no answer is given again. */
  readonly reuse: Reuse<TContext> | null;
}

/** Answers GraphQL over HTTP at /graphql: POST with JSON, GET for queries. */
export function installGraphQL<TContext extends BaseContext>(
  app: FastifyInstance,
  parts: GraphQLParts<TContext>,
): void {
  app.route({
    method: ['GET', 'POST'],
    url: GRAPHQL_PATH,
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      // CORS has named Origin by now.
      const vary = ['accept', 'accept-encoding', ...[reply.getHeader('vary') ?? []].flat()].join(', ');
      reply.headers({ 'cache-control': request.method === 'GET' ? 'no-cache' : 'no-store', vary });
      try {
        const deadline = new Deadline(parts.withinMs, reply.raw);
        return await deadline.bound(answer(parts, request, reply, deadline));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        if (error.retryAfter !== undefined) reply.header('retry-after', error.retryAfter);
        return refuse(reply, statusOf(error.code), error.code, error.message);
      }
    },
  });
}

async function answer<TContext extends BaseContext>(
  { operations, notes, makeContext, reuse }: GraphQLParts<TContext>,
  request: FastifyRequest,
  reply: FastifyReply,
  deadline: Deadline,
): Promise<string | Readable> {
  const question = reuse?.question(request) ?? null;
  const known = question?.known();
  if (known) return sendKept(request, reply, known);
  const making = makeContext(new Incoming(request, deadline));
  const context = making instanceof Promise ? await making : making;
  const knownToViewer = question?.knownTo(context);
  if (knownToViewer) return sendKept(request, reply, knownToViewer);
  const http = httpRequestOf(request);
  const tracked = question?.tracked(context) ?? context;
  const made = await operations.answer(http, request.headers.accept ?? '', tracked);
  // Too late: the client has been told so, and the headers are no longer ours to set.
  if (deadline.isOver) return '';
  const note = notes.get(http);
  request.operation = note;
  for (const [name, value] of made.headers) reply.header(name, value);
  if (note && note.retryAfter > 0) reply.header('retry-after', note.retryAfter);
  const contentType = made.headers.get('content-type') ?? '';
  reply.code(answerStatus(made.status, contentType, note));
  if (made.body.kind !== 'complete') return Readable.from(made.body.asyncIterator);
  const body = made.body.string;
  if (reply.statusCode !== 200 || !note?.isRepeatable || note.codes.length > 0) return body;
  question?.keep({ body, contentType });
  return tagged(request, reply, body);
}

function sendKept(request: FastifyRequest, reply: FastifyReply, { body, contentType }: KeptAnswer): string {
  reply.header('content-type', contentType);
  return tagged(request, reply, body);
}

/** For GET, which browsers and proxies keep: whoever has this very answer is told so instead of sent it again. */
function tagged(request: FastifyRequest, reply: FastifyReply, body: string): string {
  if (request.method !== 'GET') return body;
  const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  reply.header('etag', etag);
  const held = request.headers['if-none-match']?.split(',').map((tag) => tag.trim()) ?? [];
  if (!held.includes(etag)) return body;
  reply.code(304);
  return '';
}

class Incoming implements IncomingRequest {
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly #request: FastifyRequest;
  readonly #deadline: Deadline;

  constructor(request: FastifyRequest, deadline: Deadline) {
    this.id = request.id;
    this.headers = request.headers;
    this.#request = request;
    this.#deadline = deadline;
  }

  get ip(): string {
    return this.#request.ip;
  }

  get signal(): AbortSignal {
    return this.#deadline.signal;
  }
}

function httpRequestOf(request: FastifyRequest): HTTPGraphQLRequest {
  const mark = request.url.indexOf('?');
  let headers: HeaderMap | null = null;
  return {
    method: request.method,
    // what is known already is answered by hardly any of them
    get headers() {
      headers ??= headersOf(request);
      return headers;
    },
    search: mark < 0 ? '' : request.url.slice(mark),
    body: request.body,
  };
}

function headersOf({ headers: given }: FastifyRequest): HeaderMap {
  const headers = new HeaderMap();
  for (const name in given) {
    const value = given[name];
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}
