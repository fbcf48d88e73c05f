import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { type ApolloServer, type BaseContext, HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../kit/errors.ts';
import type { KeptAnswer } from '../reuse/answer-cache.ts';
import type { Reuse } from '../reuse/reuse.ts';
import { refuse } from './refuse.ts';
import type { OperationNote } from './request-log.ts';
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
  readonly apollo: ApolloServer<TContext>;
  /** Where the operation's note is found once it is answered. */
  readonly notes: WeakMap<HTTPGraphQLRequest, OperationNote>;
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
        return await withinTime(parts.withinMs, reply.raw, (signal) => answer(parts, request, reply, signal));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        if (error.retryAfter !== undefined) reply.header('retry-after', error.retryAfter);
        return refuse(reply, statusOf(error.code), error.code, error.message);
      }
    },
  });
}

async function answer<TContext extends BaseContext>(
  { apollo, notes, makeContext, reuse }: GraphQLParts<TContext>,
  request: FastifyRequest,
  reply: FastifyReply,
  signal: AbortSignal,
): Promise<string | Readable> {
  const { id, headers, ip } = request;
  const question = reuse?.question(request) ?? null;
  const known = question?.known();
  if (known) return sendKept(request, reply, known);
  const context = await makeContext({ id, headers, ip, signal });
  const knownToViewer = question?.knownTo(context);
  if (knownToViewer) return sendKept(request, reply, knownToViewer);
  const http = httpRequestOf(request);
  const made = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: http,
    context: async () => question?.tracked(context) ?? context,
  });
  // Too late: the client has been told so, and the headers are no longer ours to set.
  if (signal.aborted) return '';
  const note = notes.get(http) ?? null;
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

/**
 * Resolves as `work` does, or rejects with TIMEOUT. The signal aborts when the time is over or the client has gone:
 * graphql-js cannot stop a running operation, so resolvers that wait for something long should heed it.
 */
async function withinTime<T>(
  ms: number,
  response: ServerResponse,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  response.once('close', stop);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      stop();
      reject(new Refusal('TIMEOUT', 'The operation took longer than the server allows.'));
    }, ms);
  });
  try {
    return await Promise.race([work(controller.signal), late]);
  } finally {
    clearTimeout(timer);
    response.off('close', stop);
  }
}

function httpRequestOf(request: FastifyRequest): HTTPGraphQLRequest {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const mark = request.url.indexOf('?');
  return {
    method: request.method,
    headers,
    search: mark < 0 ? '' : request.url.slice(mark),
    body: request.body,
  };
}
