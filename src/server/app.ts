import { systemClock } from '../access/clock.ts';
import type { Viewer } from '../access/viewer.ts';
import { openRateLimits } from '../api/limits/enforce-rate-limits.ts';
import { makeContext } from '../api/make-context.ts';
import { buildSchema } from '../api/schema.ts';
import { credentialCache } from '../cache/credential-cache.ts';
import { createResponseCache } from '../cache/response-cache.ts';
import { chain } from '../graphql/execution/index.ts';
import { authenticate, openExternalIdentities } from '../identity/index.ts';
import { createLog } from '../log.ts';
import { createMailer } from '../mail/mailer.ts';
import { newId, openDatabase, REPLICA_LAG_MS_MAX } from '../store/index.ts';
import { openForCommand, openInstances } from './instances.ts';
import { startServer } from './server.ts';
import type { Settings } from './settings/settings.ts';

/** A running forum server. */
export interface App {
  /** Its URL on this machine, without a trailing slash. */
  readonly url: string;
  /** Stops as RunningServer.close does, waits for e-mails, then closes the database. Safe to call twice. */
  readonly close: () => Promise<void>;
}

/** Migrates the database, and seeds an empty one. Throws StartError if the database cannot be opened. */
export async function prepareDatabase(settings: Settings): Promise<void> {
  // running instances are notified, or find out in time
  const db = await openForCommand(settings, () => {});
  try {
    if (settings.seed === 'none') return;
    // loaded on demand: the parser of thread documents is a tenth of the start-up time
    const { seedIfEmpty } = await import('../import/index.ts');
    await seedIfEmpty({ db, newId });
  } finally {
    await db.close();
  }
}

/** Serves a prepared database. Throws StartError if a setting does not fit; then nothing stays open. */
export async function createApp(settings: Settings): Promise<App> {
  const log = createLog(settings.logLevel);
  const clock = systemClock;
  const externalIdentities =
    settings.externalTokens &&
    (await openExternalIdentities(settings.externalTokens, newId, (url, err) =>
      log.warn({ url, err }, 'the keys of the identity provider could not be fetched'),
    ));
  const { queryLimits, rateLimits, queryPointsPerMinute } = settings;
  const mail = createMailer(settings.mail, { log, clock });
  const { siteUrl, policy } = settings;
  const { sessionMs } = policy;
  const onFault = (err: unknown) => log.warn({ err }, 'the last use of a credential could not be written');
  const instances = await openInstances(settings, log);
  const db = await openDatabase(settings.databaseUrl, {
    connections: settings.databaseConnections,
    replicaUrls: settings.databaseReplicaUrls,
    ...(instances.ownWrites && { ownWrites: instances.ownWrites }),
  }).catch(async (error: unknown) => {
    await instances.close(); // its connections would keep the process alive
    throw error;
  });
  const limits = await openRateLimits(settings, log);
  const release = async () => {
    for (const open of [limits, db, instances]) await open.close();
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
    const lookups = credentialCache(db, settings.workers === 1);
    const server = await startServer({
      settings,
      schema: buildSchema({ queryLimits, pointsPerMinute: rateLimits ? queryPointsPerMinute : null }),
      makeContext: ({ headers, ip }) => {
        const { authorization, 'user-agent': userAgent } = headers;
        const { limiter } = limits;
        const contextOf = (viewer: Viewer | null) =>
          chain(db.forActor(viewer?.id ?? null), (own) =>
            makeContext({
              ...{ db: own, siteUrl, policy, clock, viewer, address: ip, limiter, mail, userAgent },
              answerBytesMax: queryLimits.answerBytesMax,
            }),
          );
        // no await for guests, who send most requests
        if (authorization === undefined) return contextOf(null);
        const parts = { db, lookups, now: clock(), sessionMs, onFault, externalIdentities };
        return chain(authenticate(parts, { authorization }), contextOf);
      },
      rateLimits: limits.enforcer,
      log,
      ...(responseCache && { responseCache }),
      ready: async () => ((await db.migrationsApplied()) ? null : 'MIGRATIONS_PENDING'),
    });
    let closed: Promise<void> | null = null;
    return {
      url: server.url,
      close: () => {
        closed ??= server
          .close()
          .then(() => mail.close(settings.shutdownMs))
          .finally(() => responseCache?.close())
          .finally(release);
        return closed;
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}
