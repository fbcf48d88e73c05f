import type { RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { ApolloContext } from '../api/apollo.ts';
import { createFormatError, createIncidents } from '../api/format-error.ts';
import type { EnforceRateLimits } from '../api/limits/enforce-rate-limits.ts';
import { createPipeline, type MakeContext } from '../api/pipeline.ts';
import type { ResponseCache } from '../cache/response-cache.ts';
import { createExecutor } from '../graphql/execution/index.ts';
import type { Log } from '../log.ts';
import { listen } from './connections.ts';
import { graphqlHandler, isGraphQL } from './http/graphql-handler.ts';
import { installHeaders } from './http/headers.ts';
import { installHealth, type NotReady } from './http/health-routes.ts';
import { installPlayground } from './http/playground-routes.ts';
import { installRefusals, refuse } from './http/refuse.ts';
import { createRequestLog, installRequestLog, requestId } from './http/request-log.ts';
import { localUrl, type Settings } from './settings/settings.ts';

export interface ServerParts<TContext extends BaseContext> {
  readonly settings: Settings;
  readonly schema: GraphQLSchema;
  /** Called once a request; a Refusal that it throws is the answer. */
  readonly makeContext: MakeContext<TContext>;
  readonly log: Log;
  /** If omitted, no answer is cached. */
  readonly responseCache?: ResponseCache<TContext>;
  /** Null: requests can be served. Otherwise why not. Asked by /health/ready alone; may reject. */
  readonly ready: () => Promise<NotReady | null>;
  /** Takes what each operation costs from the allowance of whoever sends it. If omitted, nothing is limited. */
  readonly enforceRateLimits?: EnforceRateLimits<TContext> | null;
  /** The host's own; which of their hooks run, api/pipeline.ts says. */
  readonly apolloPlugins?: readonly ApolloServerPlugin<ApolloContext>[];
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
  const { settings, log } = parts;
  const incidentOf = createIncidents(log);
  const pipeline = createPipeline<TContext>({
    schema: parts.schema,
    executor: createExecutor(parts.schema),
    introspection: settings.introspection,
    queryLimits: settings.queryLimits,
    enforceRateLimits: parts.enforceRateLimits ?? null,
    responseCache: parts.responseCache ?? null,
    apolloPlugins: parts.apolloPlugins ?? [],
    makeContext: parts.makeContext,
    formatError: createFormatError(incidentOf),
    incidentOf,
    timeoutMs: settings.requestTimeoutMs,
    log,
  });
  await pipeline.start();

  let stopping: Promise<void> | null = null;
  let isDrained = false;
  const requestLog = createRequestLog(log);
  const graphql = graphqlHandler({
    pipeline,
    log: requestLog,
    incidentOf,
    settings,
    isDrained: () => isDrained,
    isStopping: () => stopping !== null,
  });

  const app = createFastify(log);
  installRequestLog(app, requestLog);
  installHeaders(app, settings.corsOrigins);
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
  installRefusals(app, incidentOf);
  installHealth(app, async () => (stopping ? 'STOPPING' : parts.ready()));
  installPlayground(app, settings.playground);
  await app.ready();

  const handle: RequestListener = (request, response) => {
    if (isGraphQL(request)) graphql(request, response);
    else app.routing(request, response);
  };
  const release = async () => {
    await app.close();
    await pipeline.stop();
  };
  try {
    const { port, urls, stop } = await listen(handle, settings);
    for (const url of urls) log.info(`Parley listens at ${url}`);
    return {
      url: localUrl(settings.host, port),
      close: () => {
        stopping ??= (settings.drainMs > 0 ? sleep(settings.drainMs) : Promise.resolve()).then(async () => {
          isDrained = true;
          await stop(settings.shutdownMs);
          await release();
        });
        return stopping;
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Serves all but /graphql. */
function createFastify(log: Log): FastifyInstance {
  return fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestId,
    // one of its own for each request costs more than the lines that most write; theirs name the request themselves
    childLoggerFactory: (logger) => logger,
    requestIdHeader: false,
    // No route has a JSON schema: GraphQL checks its own input. Without these two, Fastify loads a schema compiler.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    return503OnClosing: false,
    frameworkErrors: (_error, _request, reply) =>
      refuse(reply, 400, 'BAD_REQUEST', 'This is not a valid URL.'),
  });
}

function noSchemas(): never {
  throw new Error('Routes have no JSON schemas here.');
}
