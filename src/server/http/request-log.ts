import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { ErrorCode } from '../../access/errors.ts';
import type { Log } from '../../log.ts';

/** How an operation ended, as far as the log may tell. */
export interface OperationNote {
  readonly name: string | null;
  /** A query that ran and would answer the same again while nothing changes. */
  readonly isRepeatable: boolean;
  /** False: it was refused before it ran. */
  readonly hasData: boolean;
  /** The codes of its errors, each once. */
  readonly codes: readonly ErrorCode[];
  readonly incidents: readonly string[];
  /** Seconds; 0: no error named any. */
  readonly retryAfter: number;
}

/** A request as far as its line in the log goes. */
export interface LoggedRequest {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  /** Null: no operation came to be. */
  operation: OperationNote | null;
}

declare module 'fastify' {
  interface FastifyRequest {
    operation: OperationNote | null;
  }
}

/** A caller's id is taken over only where it can do no harm in a log or a header. */
const REQUEST_ID = /^[\w.:-]{1,128}$/;

/** The request's id: the caller's `x-request-id` where it is well formed, otherwise a new one. */
export function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

/** A name comes from the client and may be as long as a body. */
const NAME_CHARS_MAX = 100;

/** One line for each request: method, path, status, duration, operation name, codes. */
export interface RequestLog {
  /** Whether a request with this status gets a line. */
  tells(status: number): boolean;
  /** `ms`: since it came. */
  answered(request: LoggedRequest, status: number, ms: number): void;
  gone(request: LoggedRequest): void;
}

/** Writes requests into the log. The query string is left out: in a GET it holds the query and its variables. */
export function createRequestLog(log: Log): RequestLog {
  return {
    tells: (status) => status >= 500 || log.isLevelEnabled('info'),
    answered: (request, status, ms) => {
      const line = { ...lineOf(request), status, ms: Math.round(ms * 10) / 10 };
      if (status >= 500) log.error(line, 'request');
      else log.info(line, 'request');
    },
    gone: (request) => log.info(lineOf(request), 'the client went away before it was answered'),
  };
}

/** Names each request and logs it when its answer is sent. */
export function installRequestLog(app: FastifyInstance, log: RequestLog): void {
  app.decorateRequest('operation', null);
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    done();
    if (log.tells(reply.statusCode)) log.answered(request, reply.statusCode, reply.elapsedTime);
  });
  app.addHook('onRequestAbort', async (request) => log.gone(request));
}

function lineOf({ id, method, url, operation }: LoggedRequest): object {
  return {
    reqId: id,
    method,
    path: url.replace(/\?.*/s, '').slice(0, NAME_CHARS_MAX),
    ...(operation?.name && { operation: operation.name.slice(0, NAME_CHARS_MAX) }),
    ...(operation && operation.codes.length > 0 && { codes: operation.codes }),
    ...(operation && operation.incidents.length > 0 && { incidents: operation.incidents }),
  };
}
