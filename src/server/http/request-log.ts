import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { OperationOutcome } from '../../api/operation-request.ts';
import type { Log } from '../../log.ts';

/** A request as far as its line in the log goes. */
export interface LoggedRequest {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  /** Null or missing if no operation came to be. */
  readonly outcome?: OperationOutcome | null;
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
  logs(status: number): boolean;
  /** `ms`: since it came. */
  answered(request: LoggedRequest, status: number, ms: number): void;
  gone(request: LoggedRequest): void;
}

/** Writes requests into the log. The query string is left out: in a GET it holds the query and its variables. */
export function createRequestLog(log: Log): RequestLog {
  return {
    logs: (status) => status >= 500 || log.isLevelEnabled('info'),
    answered: (request, status, ms) => {
      const line = { ...lineOf(request), status, ms: Math.round(ms * 10) / 10 };
      if (status >= 500) log.error(line, 'request');
      else log.info(line, 'request');
    },
    gone: (request) => log.info(lineOf(request), 'the client went away before it was answered'),
  };
}

/** Logs each request of the framework when its answer is sent. */
export function installRequestLog(app: FastifyInstance, log: RequestLog): void {
  app.addHook('onResponse', (request, reply, done) => {
    done();
    if (log.logs(reply.statusCode)) log.answered(request, reply.statusCode, reply.elapsedTime);
  });
  app.addHook('onRequestAbort', async (request) => log.gone(request));
}

function lineOf({ id, method, url, outcome }: LoggedRequest): object {
  return {
    reqId: id,
    method,
    path: url.replace(/\?.*/s, '').slice(0, NAME_CHARS_MAX),
    ...(outcome?.name && { operation: outcome.name.slice(0, NAME_CHARS_MAX) }),
    ...(outcome && outcome.codes.length > 0 && { codes: outcome.codes }),
    ...(outcome && outcome.incidents.length > 0 && { incidents: outcome.incidents }),
  };
}
