import { authenticate, openHostAccounts } from '../account/index.ts';
import { systemClock } from '../kit/clock.ts';
import { openDatabase, REPLICA_LAG_MS_MAX } from '../kit/db/index.ts';
import { newId } from '../kit/ids.ts';
import { after } from '../kit/later.ts';
import type { Viewer } from '../kit/viewer.ts';
import type { Config } from './config.ts';
import { makeContext } from './context.ts';
import { openForCommand, openInstances } from './instances.ts';
import { openLimits } from './limits/open-limits.ts';
import { createLog } from './log.ts';
import { createMail } from './mail/mail.ts';
import { keptCredentials } from './reuse/kept-credentials.ts';
import { createReuse } from './reuse/reuse.ts';
import { buildSchema } from './schema.ts';
import { startServer } from './server.ts';

/** A forum that is served. */
export interface App {
  /** The address that it answers at from this machine, without a slash at its end. */
  readonly url: string;
  /** Stops serving as RunningServer.close does, sees letters off, then closes the database. Safe to call twice. */
  readonly close: () => Promise<void>;
}

/** Migrates the database, and seeds it where it is empty. Throws StartError where it cannot be had. */
export async function prepareDatabase(config: Config): Promise<void> {
  // others who serve it are told of what this changes, or make their answers again in time
  const db = await openForCommand(config, () => {});
  try {
    if (config.seed === 'none') return;
    // Loaded when it is needed: the parser of thread documents is a tenth of the start.
    const { seedIfEmpty } = await import('../import/index.ts');
    await seedIfEmpty({ db, newId });
  } finally {
    await db.close();
  }
}

/** Serves a database that has been prepared. Throws StartError where a setting does not fit; nothing stays open then. */
export async function createApp(config: Config): Promise<App> {
  const log = createLog(config.logLevel);
  const clock = systemClock;
  const hosts =
    config.hostTokens &&
    (await openHostAccounts(config.hostTokens, newId, (url, err) =>
      log.warn({ url, err }, 'the keys of the host could not be had'),
    ));
  const { queryLimits, rateLimits, queryPointsPerMinute } = config;
  const mail = createMail(config.mail, { log, clock });
  const { siteUrl, policy } = config;
  const { sessionMs } = policy;
  const onFault = (err: unknown) => log.warn({ err }, 'the use of a credential could not be noted');
  const instances = await openInstances(config, log);
  const db = await openDatabase(config.databaseUrl, {
    isServedAlone: config.workers === 1,
    connections: config.databaseConnections,
    replicaUrls: config.databaseReplicaUrls,
    ...(instances.ownWrites && { ownWrites: instances.ownWrites }),
  }).catch(async (error: unknown) => {
    await instances.close(); // its connections would keep the process
    throw error;
  });
  const limits = await openLimits(config, log);
  const release = async () => {
    for (const open of [limits, db, instances]) await open.close();
  };
  try {
    // twice: a replica is looked at only now and then
    const lagMs = config.databaseReplicaUrls.length > 0 ? 2 * REPLICA_LAG_MS_MAX : 0;
    const bytesMax = config.answerCacheBytes;
    const reuse =
      bytesMax > 0
        ? createReuse({ db, bytesMax, bus: instances.bus, lagMs, makingMsMax: config.requestTimeoutMs })
        : null;
    // who keeps nothing tells those who do
    if (!reuse && instances.bus) db.onCommit(instances.bus.publish);
    const lookups = keptCredentials(db, config.workers === 1);
    const server = await startServer({
      config,
      schema: buildSchema({ queryLimits, pointsPerMinute: rateLimits ? queryPointsPerMinute : null }),
      makeContext: ({ headers, ip }) => {
        const { authorization, 'user-agent': userAgent } = headers;
        const { limiter } = limits;
        const contextOf = (viewer: Viewer | null) =>
          after(db.forActor(viewer?.id ?? null), (seen) =>
            makeContext({ db: seen, siteUrl, policy, clock, viewer, address: ip, limiter, mail, userAgent }),
          );
        // a guest is waited for by nobody: most requests are theirs
        if (authorization === undefined) return contextOf(null);
        const parts = { db, lookups, now: clock(), sessionMs, onFault, hosts };
        return after(authenticate(parts, { authorization }), contextOf);
      },
      plugins: limits.plugins,
      log,
      ...(reuse && { reuse }),
      ready: async () => ((await db.migrationsApplied()) ? null : 'MIGRATIONS_PENDING'),
    });
    let closed: Promise<void> | null = null;
    return {
      url: server.url,
      close: () => {
        closed ??= server
          .close()
          .then(() => mail.close(config.shutdownMs))
          .finally(() => reuse?.close())
          .finally(release);
        return closed;
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}
