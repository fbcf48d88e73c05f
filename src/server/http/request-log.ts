import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { OperationOutcome } from '../../api/operation-request.ts';
import type { Log } from '../../log.ts';
import { traceIdOf } from '../observe/tracing.ts';

/** The parts of a request that its log line has. */
interface LoggedRequest {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** Null or missing if no operation was parsed. */
  readonly outcome?: OperationOutcome | null;
}

/** The form of a client's id that is safe in a log and in a header. */
const REQUEST_ID = /^[\w.:-]{1,128}$/;

/** The request's id: the client's `x-request-id` if it is well formed, otherwise a new one. */
export function requestId(request: IncomingMessage): string {
  const id = request.headers['x-request-id'];
  return requestIdFor(typeof id === 'string' ? id : undefined);
}

/** The same for the value of that header. */
export function requestIdFor(id: string | undefined): string {
  return id !== undefined && REQUEST_ID.test(id) ? id : randomUUID();
}

/** Clients choose names, which may be as long as a body. */
const NAME_CHARS_MAX = 100;

/** Writes one line for each request: method, path, status, duration, operation name, codes. */
export interface RequestLog {
  /** Whether a request with this status gets a line. */
  logs(status: number): boolean;
  /** `ms` is the time since its arrival. */
  answered(request: LoggedRequest, status: number, ms: number): void;
  gone(request: LoggedRequest): void;
}

/** Logs requests. The query string is omitted: in a GET it holds the query and its variables. */
export function createRequestLog(log: Log): RequestLog {
  return {
    logs: (status) => status >= 500 || log.isLevelEnabled('info'),
    answered: (request, status, ms) => {
      const line = { ...lineOf(request), status, ms: Math.round(ms * 10) / 10 };
      if (status >= 500) log.error(line, 'request');
      else log.info(line, 'request');
    },
    gone: (request) => log.info(lineOf(request), 'the client disconnected before it was answered'),
  };
}

/** Logs each request that Fastify answers. */
export function installRequestLog(app: FastifyInstance, log: RequestLog): void {
  app.addHook('onResponse', (request, reply, done) => {
    done();
    if (log.logs(reply.statusCode)) log.answered(request, reply.statusCode, reply.elapsedTime);
  });
  app.addHook('onRequestAbort', async (request) => log.gone(request));
}

function lineOf({ id, method, url, headers, outcome }: LoggedRequest): object {
  const trace = traceIdOf(headers['traceparent']);
  return {
    reqId: id,
    method,
    ...(trace && { trace }),
    path: url.replace(/\?.*/s, '').slice(0, NAME_CHARS_MAX),
    ...(outcome?.name && { operation: outcome.name.slice(0, NAME_CHARS_MAX) }),
    ...(outcome && outcome.codes.length > 0 && { codes: outcome.codes }),
    ...(outcome && outcome.incidents.length > 0 && { incidents: outcome.incidents }),
  };
}
