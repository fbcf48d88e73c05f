import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../access/clock.ts';
import type { Viewer } from '../access/viewer.ts';
import { openRateLimits } from '../api/limits/enforce-rate-limits.ts';
import { makeContext } from '../api/make-context.ts';
import { buildSchema } from '../api/schema.ts';
import { createResponseCache } from '../cache/response-cache.ts';
import { indexFault, useSearchLanguages } from '../forum/search/index.ts';
import { BatchedViewCounter } from '../forum/view/index.ts';
import { chain } from '../graphql/execution/index.ts';
import { authenticate, emailsOf, openExternalIdentities } from '../identity/index.ts';
import { createLog, type Log } from '../log.ts';
import { createMailer } from '../mail/mailer.ts';
import { type Database, newId, openDatabase, REPLICA_LAG_MS_MAX } from '../store/index.ts';
import { readStylesheet } from './front-end-stylesheet.ts';
import { openForCommand, openInstances } from './instances.ts';
import { countedDatabase, tracedDatabase } from './observe/observed-database.ts';
import { openTracing } from './observe/tracing.ts';
import { readinessOf } from './readiness.ts';
import { startServer } from './server.ts';
import type { Settings } from './settings/settings.ts';
import { readTrustedDocuments } from './trusted-documents.ts';

/** A running forum server. */
export interface App {
  /** Its URL on this machine, without a trailing slash. */
  readonly url: string;
  /**
   * Stops as RunningServer.close does, waits for e-mails as far as SHUTDOWN_SECONDS allows, then closes the database.
   * Takes less than a second longer than DRAIN_SECONDS and SHUTDOWN_SECONDS. Safe to call twice.
   */
  readonly close: () => Promise<void>;
}

/**
 * How long connections may take to close after DRAIN_SECONDS and SHUTDOWN_SECONDS. It is part of the second after which
 * the program is gone, whatever hangs (main.ts).
 */
const RELEASE_MS = 700;

/** Migrates the database, and seeds an empty one. Throws StartError if the database cannot be opened. */
export async function prepareDatabase(settings: Settings): Promise<void> {
  // running instances are notified, or find out in time
  const db = await openForCommand(settings, () => {});
  try {
    if (settings.seed === 'none') return;
    // loaded on demand: the parser of thread documents is a tenth of the start-up time
    const { seedIfEmpty } = await import('../import/index.ts');
    const discussions = await seedIfEmpty({ db, newId, imageHosts: settings.policy.imageHosts });
    if (discussions > 0)
      createLog(settings.logLevel).info(
        { discussions },
        'the empty database was filled with the sample forum',
      );
  } finally {
    await db.close();
  }
}

/** Searches work on what is indexed, so that a fault of the index does not prevent the start. */
async function warnOfIndex(db: Database, log: Log): Promise<void> {
  try {
    const fault = await indexFault(db);
    if (fault !== null)
      log.warn(`${fault}: run \`parley search reindex\`. Until then, searches find only a part.`);
  } catch (err) {
    log.warn({ err }, 'the search index could not be examined');
  }
}

/** Serves a prepared database. Throws StartError if a setting does not fit; then nothing stays open. */
export async function createApp(settings: Settings): Promise<App> {
  useSearchLanguages(settings.searchLanguages);
  const { trustedDocumentsFile, frontEnd, frontEndStylesheet: stylesheetFile } = settings;
  const trustedDocuments =
    trustedDocumentsFile === null ? null : await readTrustedDocuments(trustedDocumentsFile);
  const stylesheet = frontEnd && stylesheetFile !== null ? await readStylesheet(stylesheetFile) : null;
  const log = createLog(settings.logLevel);
  const clock = systemClock;
  const onRefused = (reason: string) => log.info({ reason }, 'a credential was refused');
  const externalIdentities =
    settings.externalTokens &&
    (await openExternalIdentities(settings.externalTokens, newId, {
      keysFailed: (url, err) =>
        log.warn({ url, err }, 'the keys of the identity provider could not be fetched'),
      tokenRefused: onRefused,
    }));
  const { queryLimits, rateLimits, queryPointsPerMinute } = settings;
  const { siteUrl, pages, policy } = settings;
  const { sessionMs } = policy;
  const onFault = (err: unknown) => log.warn({ err }, 'the last use of a credential could not be written');
  const instances = await openInstances(settings, log);
  const db = await openDatabase(settings.databaseUrl, {
    requestMsMax: settings.requestTimeoutMs,
    connections: settings.databaseConnections,
    replicaUrls: settings.databaseReplicaUrls,
    ...(instances.ownWrites && { ownWrites: instances.ownWrites }),
  }).catch(async (error: unknown) => {
    await instances.close(); // its connections would keep the process alive
    throw error;
  });
  await warnOfIndex(db, log);
  const prepare = emailsOf({ siteUrl, links: settings.mail.links });
  const mail = createMailer(settings.mail, { db, log, clock, prepare });
  const onViewsFault = (err: unknown) => log.warn({ err }, 'the counted views could not be written');
  const viewCounter = settings.viewCounts ? new BatchedViewCounter({ db, onFault: onViewsFault }) : null;
  const limits = await openRateLimits(settings, log);
  const release = async (withinMs = RELEASE_MS) => {
    const until = performance.now() + withinMs;
    await limits.close();
    await db.close(withinMs);
    await Promise.race([instances.close(), sleep(until - performance.now(), undefined, { ref: false })]);
  };
  try {
    // twice, because replicas are only checked at intervals
    const lagMs = settings.databaseReplicaUrls.length > 0 ? 2 * REPLICA_LAG_MS_MAX : 0;
    const bytesMax = settings.answerCacheBytes;
    const responseCache =
      bytesMax > 0
        ? createResponseCache({
            db,
            bytesMax,
            channel: instances.channel,
            lagMs,
            makingMsMax: settings.requestTimeoutMs,
          })
        : null;
    if (instances.channel) db.onCommit(instances.channel.publish);
    const tracing = openTracing();
    const { limiter } = limits;
    const { answerBytesMax } = queryLimits;
    const server = await startServer({
      settings,
      schema: buildSchema({ queryLimits, pointsPerMinute: rateLimits ? queryPointsPerMinute : null }),
      makeContext: (request) => {
        const { headers, ip: address, deadline } = request;
        const { authorization, 'user-agent': userAgent } = headers;
        const contextOf = (viewer: Viewer | null) =>
          chain(db.forActor(viewer?.id ?? null), (own) => {
            const counted = countedDatabase(own, request);
            const context = makeContext({
              db: tracing ? tracedDatabase(counted, request, tracing) : counted,
              siteUrl,
              pages,
              policy,
              clock,
              viewer,
              address,
              userAgent,
              deadline,
              limiter,
              mail,
              viewCounter,
              answerBytesMax,
            });
            request.countedAs = context.countedAs;
            return context;
          });
        // no await for guests, who send most requests
        if (authorization === undefined) return contextOf(null);
        const parts = { db, now: clock(), sessionMs, onFault, onRefused, externalIdentities };
        return chain(authenticate(parts, { authorization }), contextOf);
      },
      guestContext: (address) =>
        chain(db.forActor(null), (own) =>
          makeContext({
            ...{ db: own, siteUrl, pages, policy, clock, viewer: null, address, limiter, answerBytesMax },
          }),
        ),
      rateLimits: limits.enforcer,
      trustedDocuments,
      stylesheet,
      log,
      ...(responseCache && { responseCache }),
      storeLoad: db.load,
      emailQueue: mail.state,
      tracing,
      ready: readinessOf(db, clock),
    });
    mail.start();
    const stop = async () => {
      const { drainMs, shutdownMs } = settings;
      const until = performance.now() + drainMs + shutdownMs;
      log.info({ drainMs, shutdownMs }, 'the server is stopping');
      try {
        await server.close();
        const leftMs = Math.max(0, until - performance.now());
        await Promise.all([viewCounter?.close(leftMs), mail.close(leftMs)]);
      } finally {
        responseCache?.close();
        await release(Math.max(0, until - performance.now()) + RELEASE_MS);
      }
    };
    let closed: Promise<void> | null = null;
    return {
      url: server.url,
      close: () => {
        closed ??= stop();
        return closed;
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}
