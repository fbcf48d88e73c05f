import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BaseContext } from '@apollo/server';
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { createOperations } from '../api/apollo.ts';
import { createFormatError, createIncidents } from '../api/format-error.ts';
import { graphqlAnswers, type MakeContext } from '../api/graphql-answers.ts';
import { operationNotes } from '../api/operation-notes.ts';
import type { OperationPlugin } from '../api/operation-plugin.ts';
import type { ResponseCache } from '../cache/response-cache.ts';
import { createExecutor } from '../graphql/execution/index.ts';
import type { Log } from '../log.ts';
import { StartError } from '../start-error.ts';
import { clientAddress } from './http/client-address.ts';
import { corsHeaders, installCors } from './http/cors.ts';
import { installDirect } from './http/direct-route.ts';
import { installGraphQL } from './http/graphql-route.ts';
import { installHealth, type NotReady } from './http/health-routes.ts';
import { installJsonBody } from './http/json-body.ts';
import { installPlayground } from './http/playground-routes.ts';
import { createRefusals, installRefusals, refuse, refuseConnection } from './http/refuse.ts';
import { createRequestLog, installRequestLog, requestId } from './http/request-log.ts';
import { installSecurityHeaders } from './http/security-headers.ts';
import { type Config, localUrl } from './settings/settings.ts';

export interface ServerParts<TContext extends BaseContext> {
  readonly config: Config;
  readonly schema: GraphQLSchema;
  /** Called once a request; a Refusal that it throws is the answer. */
  readonly makeContext: MakeContext<TContext>;
  readonly log: Log;
  /** Absent: no answer is given again. */
  readonly reuse?: ResponseCache<TContext>;
  /** Null: requests can be served. Otherwise why not. Asked by /health/ready alone; may reject. */
  readonly ready: () => Promise<NotReady | null>;
  /** What is to be asked of every operation beside what the server asks by itself. */
  readonly plugins?: readonly OperationPlugin<TContext>[];
}

export interface RunningServer {
  /** The address that it answers at from this machine, without a slash at its end. */
  readonly url: string;
  /**
   * Says that it is not ready and serves on for `drainMs`. Then takes no new connections, answers new requests on old
   * ones with 503, and resolves when the running ones have been answered, at the latest after `shutdownMs`, when it
   * cuts them off. Safe to call twice.
   */
  close(): Promise<void>;
}

/** Starts to serve a schema over HTTP. Throws StartError where the port or host cannot be had. */
export async function startServer<TContext extends BaseContext>(
  parts: ServerParts<TContext>,
): Promise<RunningServer> {
  const { config, log } = parts;
  const incidentOf = createIncidents(log);
  const operations = createOperations<TContext>({
    schema: parts.schema,
    executor: createExecutor(parts.schema),
    introspection: config.introspection,
    queryLimits: config.queryLimits,
    plugins: parts.plugins ?? [],
    formatError: createFormatError(incidentOf),
    note: operationNotes.set,
    log,
  });
  await operations.start();

  let stopping: Promise<void> | null = null;
  let isDrained = false;
  const requestLog = createRequestLog(log);
  const refusals = createRefusals(config, incidentOf);
  const answers = graphqlAnswers({
    operations,
    notes: operationNotes,
    makeContext: parts.makeContext,
    addressOf: clientAddress(config.trustProxy),
    refusals,
    reuse: parts.reuse ?? null,
    withinMs: config.requestTimeoutMs,
  });
  const app = createFastify(config, log);
  installRequestLog(app, requestLog);
  installSecurityHeaders(app);
  app.addHook('onRequest', (request, reply, done) => {
    if (!isDrained || request.url.startsWith('/health/')) return done();
    reply.header('retry-after', 1);
    refuse(reply, 503, 'UNAVAILABLE', 'The server is stopping; send the request again.');
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    // A connection that stays open would hold up the stop for as long as its client keeps it.
    if (stopping !== null) reply.header('connection', 'close');
    done(null, payload);
  });
  installRefusals(app, refusals);
  installJsonBody(app);
  await installCors(app, config.corsOrigins);
  installHealth(app, async () => (stopping ? 'STOPPING' : parts.ready()));
  installPlayground(app, config.playground);
  installGraphQL(app, answers);
  installDirect(app, {
    answers,
    refusals,
    log: requestLog,
    bodyBytesMax: config.bodyBytesMax,
    corsHeaders: corsHeaders(config.corsOrigins),
    isDrained: () => isDrained,
    isStopping: () => stopping !== null,
  });

  const unused = unusedConnections(app);
  const port = await listen(app, config);
  return {
    url: localUrl(config.host, port),
    close: () => {
      stopping ??= (config.drainMs > 0 ? sleep(config.drainMs) : Promise.resolve()).then(async () => {
        isDrained = true;
        await stop(app, unused, config.shutdownMs);
        await operations.stop();
      });
      return stopping;
    },
  };
}

function createFastify({ bodyBytesMax, requestTimeoutMs }: Config, log: Log): FastifyInstance {
  return fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestId,
    // one of its own for each request costs more than the lines that most write; theirs name the request themselves
    childLoggerFactory: (logger) => logger,
    requestIdHeader: false,
    // No route has a JSON schema: GraphQL checks its own input. Without these two, Fastify loads a schema compiler.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    bodyLimit: bodyBytesMax,
    return503OnClosing: false,
    clientErrorHandler: refuseConnection,
    frameworkErrors: (_error, _request, reply) =>
      refuse(reply, 400, 'BAD_REQUEST', 'This is not a valid URL.'),
    requestTimeout: requestTimeoutMs,
    // A client that never reads its answer would hold the socket for ever; nothing here is silent for that long. Never
    // so soon that it cuts off a slow client before that one has been told.
    connectionTimeout: Math.max(2 * requestTimeoutMs, 10_000),
    http: {
      requestTimeout: requestTimeoutMs,
      headersTimeout: requestTimeoutMs,
      connectionsCheckingInterval: Math.min(1000, requestTimeoutMs),
    },
  });
}

function noSchemas(): never {
  throw new Error('Routes have no JSON schemas here.');
}

async function listen(app: FastifyInstance, { host, port }: Config): Promise<number> {
  try {
    await app.listen({ host, port, listenTextResolver: (address) => `Parley listens at ${address}` });
  } catch (error) {
    await app.close();
    throw startErrorOf(error, host, port);
  }
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

function startErrorOf(error: unknown, host: string, port: number): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new StartError(
        `Port ${port} on ${host} is in use: stop the other program or set PORT to another number.`,
      );
    case 'EACCES':
      return new StartError(`Port ${port} is not permitted for this user: set PORT to 1024 or more.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartError(`HOST is "${host}", which is not an address of this machine.`);
    default:
      return error;
  }
}

/**
 * Connections on which nothing was ever sent. Browsers open some in advance, and Node counts them neither as idle nor
 * as ended, so that each would hold up a stop.
 */
function unusedConnections(app: FastifyInstance): () => Socket[] {
  const sockets = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return () => [...sockets].filter((socket) => socket.bytesRead === 0);
}

async function stop(app: FastifyInstance, unused: () => Socket[], withinMs: number): Promise<void> {
  const cutOff = setTimeout(() => app.server.closeAllConnections(), withinMs);
  try {
    const closed = app.close();
    for (const socket of unused()) socket.destroy();
    await closed;
  } finally {
    clearTimeout(cutOff);
  }
}
