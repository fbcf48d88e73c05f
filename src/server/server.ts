import { setTimeout as sleep } from 'node:timers/promises';
import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import type { ApolloContext } from '../api/apollo.ts';
import { createFormatError } from '../api/format-error.ts';
import { createIncidents } from '../api/incidents.ts';
import type { RateLimitEnforcer } from '../api/limits/enforce-rate-limits.ts';
import type { TrustedDocuments } from '../api/persisted-documents.ts';
import { createPipeline, type MakeContext } from '../api/pipeline.ts';
import type { ResponseCache } from '../cache/response-cache.ts';
import type { Log } from '../log.ts';
import type { QueueState } from '../mail/email-queue.ts';
import { MCP_DOCUMENTS } from '../mcp/index.ts';
import type { StoreLoad } from '../store/index.ts';
import { listen } from './connections.ts';
import { connectionRefusals } from './http/broken-requests.ts';
import { clientAddress } from './http/client-address.ts';
import { createFastify } from './http/create-fastify.ts';
import { type FeedParts, installFeeds } from './http/feed-routes.ts';
import { installFrontEnd } from './http/front-end-routes.ts';
import { graphqlHandler, isGraphQL } from './http/graphql-handler.ts';
import { installHeaders, setCommonHeaders } from './http/headers.ts';
import { installHealth, type NotReady } from './http/health-routes.ts';
import { inProcessApi } from './http/in-process-api.ts';
import { installMcp } from './http/mcp-routes.ts';
import { installPlayground, installRoot, isForPlayground } from './http/playground-routes.ts';
import { RefusalPages } from './http/refusal-pages.ts';
import { installRefusals, refuse } from './http/refuse.ts';
import { createRequestLog, installRequestLog } from './http/request-log.ts';
import { unparsedRefusals } from './http/unparsed-refusals.ts';
import { openObservation } from './observe/open-observation.ts';
import type { Tracing } from './observe/tracing.ts';
import { Admission } from './overload/admission.ts';
import type { Handle } from './overload/one-at-a-time.ts';
import { Connections } from './overload/open-connections.ts';
import { PacedRefusals } from './overload/paced-refusals.ts';
import { localUrl } from './settings/setting-forms.ts';
import type { Settings } from './settings/settings.ts';

export interface ServerParts<TContext extends BaseContext> {
  readonly settings: Settings;
  readonly schema: GraphQLSchema;
  /** Called for each request that is not answered from the cache. A Refusal that it throws becomes the answer. */
  readonly makeContext: MakeContext<TContext>;
  readonly log: Log;
  /** If omitted, responses are not cached. */
  readonly responseCache?: ResponseCache<TContext>;
  /** Resolves to null if the server is ready. Only /health/ready calls it. May reject. */
  readonly ready: () => Promise<NotReady | null>;
  /** If omitted, rate limits are off. */
  readonly rateLimits?: RateLimitEnforcer<TContext> | null;
  /** Null or omitted: any document is answered. */
  readonly trustedDocuments?: TrustedDocuments | null;
  /** The operator's styles for the front end. Null or omitted: none. */
  readonly stylesheet?: string | null;
  /** Plugins of the embedding program. api/pipeline.ts lists the hooks that run. */
  readonly apolloPlugins?: readonly ApolloServerPlugin<ApolloContext>[];
  /** The context of a guest, for feeds and sitemaps. If omitted, there are none. */
  readonly guestContext?: FeedParts['guestContext'];
  /** If omitted, the sizes that the sitemaps' protocol allows. */
  readonly sitemapSizes?: FeedParts['sitemapSizes'];
  /** For metrics. */
  readonly storeLoad?: () => StoreLoad;
  /** For metrics. */
  readonly emailQueue?: () => QueueState;
  /** Null or omitted: no spans. */
  readonly tracing?: Tracing | null;
}

export interface RunningServer {
  /** Its URL on this machine, without a trailing slash. */
  readonly url: string;
  /**
   * Reports that it is not ready and keeps serving for `drainMs`. Then it accepts no new connections, answers new
   * requests with 503, and resolves when running requests are answered. After `shutdownMs` it closes their connections.
   * Safe to call twice.
   */
  close(): Promise<void>;
}

/** Serves a schema over HTTP. Throws StartError if the port or host is not available. */
export async function startServer<TContext extends BaseContext>(
  parts: ServerParts<TContext>,
): Promise<RunningServer> {
  const { settings, log } = parts;
  const admission = new Admission(settings);
  const refusals = new PacedRefusals();
  const refusalsOf = unparsedRefusals(settings.corsOrigins);
  const connections = new Connections(settings.requestTimeoutMs, {
    refuses: (arrivedAt) => admission.verdictOn(arrivedAt) !== null,
    add: (refusal) => refusals.add(refusal),
    refusalsOf: (heads) => {
      admission.countRefused(heads.length);
      observer.refused('WAITED_TOO_LONG', heads.length);
      return refusalsOf(heads);
    },
    overran: (ms) => refusals.overran(ms),
  });
  const { observer, close: closeObservation } = await openObservation({
    ...{ settings, log, admission, schema: parts.schema },
    ...{ tracing: parts.tracing ?? null, storeLoad: parts.storeLoad ?? null },
    ...{ emailQueue: parts.emailQueue ?? null },
    ...{ connections, refusals },
  });
  const incidentOf = createIncidents(log, observer.fault);
  const pipeline = createPipeline<TContext>({
    schema: parts.schema,
    introspection: settings.introspection,
    queryLimits: settings.queryLimits,
    rateLimits: parts.rateLimits ?? null,
    responseCache: parts.responseCache ?? null,
    trustedDocuments: trustedIn(parts),
    apolloPlugins: parts.apolloPlugins ?? [],
    makeContext: parts.makeContext,
    formatError: createFormatError(incidentOf, settings.introspection),
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
    ...{ admission, refusals, connections, observer },
    isDrained: () => isDrained,
    isStopping: () => stopping !== null,
  });

  const refusalPages = new RefusalPages();
  const app = createFastify(log, (request, reply) => {
    setCommonHeaders(settings.corsOrigins, request, reply);
    refuse(reply, 400, 'BAD_REQUEST', 'This is not a valid URL.', refusalPages);
  });
  installRequestLog(app, requestLog);
  installHeaders(app, settings.corsOrigins);
  app.addHook('onRequest', (request, reply, done) => {
    if (!isDrained || request.url.startsWith('/health/')) return done();
    reply.header('retry-after', 1);
    refuse(reply, 503, 'UNAVAILABLE', 'The server is stopping; send the request again.', refusalPages);
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    // an open connection would delay the stop
    if (stopping !== null) reply.header('connection', 'close');
    done(null, payload);
  });
  installRefusals(app, incidentOf, refusalPages);
  installHealth(app, async () => (stopping ? 'STOPPING' : parts.ready()));
  const addressOf = clientAddress(settings.trustProxy);
  const { guestContext, sitemapSizes } = parts;
  if (settings.feeds && guestContext) {
    const isLimited = settings.rateLimits;
    installFeeds(app, {
      ...{ guestContext, addressOf, isLimited, hasMcp: settings.mcp },
      ...(sitemapSizes && { sitemapSizes }),
    });
  }
  const askApi = inProcessApi({ pipeline, admission, observer });
  if (settings.mcp) {
    const onFault = (err: unknown) => log.info({ err }, 'a message to /mcp was refused or failed');
    installMcp(app, { settings, askApi, admission, observer, addressOf, onFault });
  }
  const frontEnd = settings.frontEnd
    ? installFrontEnd(app, {
        ...{ settings, addressOf, askApi, stylesheet: parts.stylesheet ?? null },
        onFault: (err) => log.error({ err }, 'a page could not be made'),
      })
    : null;
  installRoot(app, settings.playground, frontEnd);
  if (settings.playground) installPlayground(app);
  const onFault = (err: unknown) => log.error({ err }, 'the pages of refusals could not be loaded');
  const loaded = settings.frontEnd ? refusalPages.load(settings).catch(onFault) : null;
  await Promise.all([app.ready(), loaded]);

  const handle: Handle = (request, response, arrivedAt) => {
    const isOperation = isGraphQL(request) && !(settings.playground && isForPlayground(request));
    if (isOperation) graphql(request, response, arrivedAt);
    else app.routing(request, response);
  };
  const release = async () => {
    await app.close();
    await pipeline.stop();
    connections.close();
    await closeObservation();
  };
  try {
    const refuseConnection = connectionRefusals(refusalPages);
    const { port, urls, stop } = await listen(handle, { ...settings, connections, refuseConnection });
    for (const url of urls) log.info(`Parley listens at ${url}`);
    return {
      url: localUrl(settings.host, port),
      close: () => {
        stopping ??= (settings.drainMs > 0 ? sleep(settings.drainMs) : Promise.resolve()).then(async () => {
          isDrained = true;
          refusals.flush();
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

/**
 * The documents that are answered by HTTP: the operator's, and those that `parley mcp` sends. Null: any. Operations from
 * inside the process are not checked: see in-process-api.ts.
 */
function trustedIn({
  settings,
  trustedDocuments = null,
}: Pick<ServerParts<BaseContext>, 'settings' | 'trustedDocuments'>): TrustedDocuments | null {
  if (trustedDocuments === null || !settings.mcp) return trustedDocuments;
  return new Map([...MCP_DOCUMENTS, ...trustedDocuments]);
}
