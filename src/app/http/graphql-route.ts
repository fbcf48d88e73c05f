import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import type { BaseContext, HTTPGraphQLResponse } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { MaybePromise } from '../../kit/db/index.ts';
import { Refusal } from '../../kit/errors.ts';
import { after, isPromise } from '../../kit/later.ts';
import type { KeptAnswer } from '../reuse/answer-cache.ts';
import type { Question, Reuse } from '../reuse/reuse.ts';
import type { Operations } from './apollo.ts';
import { Deadline } from './deadline.ts';
import { encoded } from './encoded.ts';
import { HttpRequest } from './http-request.ts';
import type { OperationNotes } from './operation-notes.ts';
import { refuse } from './refuse.ts';
import { answerStatus, statusOf } from './status.ts';

export const GRAPHQL_PATH = '/graphql';

const VARY = 'accept, accept-encoding';

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

type Body = string | Buffer | Readable;

/** Answers GraphQL over HTTP at /graphql: POST with JSON, GET for queries. */
export function installGraphQL<TContext extends BaseContext>(
  app: FastifyInstance,
  parts: GraphQLParts<TContext>,
): void {
  app.route({
    method: ['GET', 'POST'],
    url: GRAPHQL_PATH,
    exposeHeadRoute: false,
    handler: (request, reply) => {
      reply.header('cache-control', request.method === 'GET' ? 'no-cache' : 'no-store');
      reply.header('vary', varyOf(reply));
      const deadline = new Deadline(parts.withinMs, reply.raw);
      try {
        const body = answer(parts, request, reply, deadline);
        if (isPromise(body)) {
          return deadline.bound(body).catch((error: unknown) => refuseFor(reply, error));
        }
        // what is there already has taken no time that could be over
        reply.send(body);
      } catch (error) {
        refuseFor(reply, error);
      }
      return undefined;
    },
  });
}

/** Answers with a refusal; whatever else was thrown is left to the server. */
function refuseFor(reply: FastifyReply, error: unknown): FastifyReply {
  if (!(error instanceof Refusal)) throw error;
  if (error.retryAfter !== undefined) reply.header('retry-after', error.retryAfter);
  return refuse(reply, statusOf(error.code), error.code, error.message);
}

/** What an answer depends on; CORS has named Origin by now. */
function varyOf(reply: FastifyReply): string {
  const named = reply.getHeader('vary');
  return named === undefined ? VARY : [VARY, ...[named].flat()].join(', ');
}

function answer<TContext extends BaseContext>(
  parts: GraphQLParts<TContext>,
  request: FastifyRequest,
  reply: FastifyReply,
  deadline: Deadline,
): MaybePromise<Body> {
  const question = parts.reuse?.question(request) ?? null;
  const known = question?.known();
  if (known) return sendKept(request, reply, known);
  return after(parts.makeContext(new Incoming(request, deadline)), (context) => {
    const knownToViewer = question?.knownTo(context);
    if (knownToViewer) return sendKept(request, reply, knownToViewer);
    const http = new HttpRequest(request);
    const tracked = question?.tracked(context) ?? context;
    return after(parts.operations.answer(http, request.headers.accept ?? '', tracked), (made) => {
      // Too late: the client has been told so, and the headers are no longer ours to set.
      if (deadline.isOver) return '';
      request.operation = parts.notes.get(http);
      return sendMade(request, reply, made, question);
    });
  });
}

/** What has been made for this request; a query that would be answered so again is kept for others. */
function sendMade<TContext extends BaseContext>(
  request: FastifyRequest,
  reply: FastifyReply,
  { headers, status, body }: HTTPGraphQLResponse,
  question: Question<TContext> | null,
): Body {
  const note = request.operation;
  for (const [name, value] of headers) reply.header(name, value);
  if (note && note.retryAfter > 0) reply.header('retry-after', note.retryAfter);
  const contentType = headers.get('content-type') ?? '';
  reply.code(answerStatus(status, contentType, note));
  if (body.kind !== 'complete') return Readable.from(body.asyncIterator);
  const sent = encoded(body.string);
  if (reply.statusCode !== 200 || !note?.isRepeatable || note.codes.length > 0) return sent;
  question?.keep({ body: sent, contentType });
  return tagged(request, reply, sent);
}

function sendKept(request: FastifyRequest, reply: FastifyReply, { body, contentType }: KeptAnswer): Body {
  reply.header('content-type', contentType);
  return tagged(request, reply, body);
}

/** For GET, which browsers and proxies keep: whoever has this very answer is told so instead of sent it again. */
function tagged(request: FastifyRequest, reply: FastifyReply, body: string | Buffer): Body {
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
