import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify';
import type { Log } from '../../log.ts';
import { requestId } from './request-log.ts';

/** Creates the server of everything except /graphql. `onInvalidUrl` answers requests whose URL cannot be decoded. */
export function createFastify(
  log: Log,
  onInvalidUrl: (request: FastifyRequest, reply: FastifyReply) => void,
): FastifyInstance {
  return fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestId,
    // a child logger for each request would cost more than most log lines, which name the request themselves
    childLoggerFactory: (logger) => logger,
    requestIdHeader: false,
    // Routes have no JSON schemas, because GraphQL checks its own input. Without this option Fastify loads a schema
    // compiler.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    return503OnClosing: false,
    frameworkErrors: (_error, request, reply) => onInvalidUrl(request, reply),
  });
}

function noSchemas(): never {
  throw new Error('Routes have no JSON schemas here.');
}
