import { authenticate } from '../account/index.ts';
import { systemClock } from '../kit/clock.ts';
import { migrate, openDatabase } from '../kit/db/index.ts';
import { newId } from '../kit/ids.ts';
import { createLimiter } from '../kit/limiter.ts';
import type { Viewer } from '../kit/viewer.ts';
import type { Config } from './config.ts';
import { makeContext } from './context.ts';
import { createLog } from './log.ts';
import { buildSchema } from './schema.ts';
import { startServer } from './server.ts';

/** A forum that is served. */
export interface App {
  /** The address that it answers at from this machine, without a slash at its end. */
  readonly url: string;
  /** Stops serving as RunningServer.close does, then closes the database. Safe to call twice. */
  readonly close: () => Promise<void>;
}

/**
 * Migrates the database, seeds it where it is empty, and serves it. Throws StartError where a setting does not fit the
 * machine; nothing stays open then.
 */
export async function createApp(config: Config): Promise<App> {
  const log = createLog(config.logLevel);
  const clock = systemClock;
  const limiter = createLimiter();
  await migrate(config.databaseUrl);
  const db = await openDatabase(config.databaseUrl);
  try {
    if (config.seed === 'sample') {
      // Loaded when it is needed: the parser of thread documents is a tenth of the start.
      const { seedIfEmpty } = await import('../import/index.ts');
      await seedIfEmpty({ db, newId });
    }
    const server = await startServer({
      config,
      schema: buildSchema(),
      makeContext: ({ headers, ip }) => {
        const { siteUrl, policy } = config;
        const contextOf = (viewer: Viewer | null) =>
          makeContext({ db, siteUrl, policy, clock, viewer, address: ip, limiter });
        const { authorization } = headers;
        if (authorization === undefined) return contextOf(null);
        return authenticate({ db, now: clock() }, { authorization }).then(contextOf);
      },
      log,
      ready: async () => ((await db.migrationsApplied()) ? null : 'MIGRATIONS_PENDING'),
    });
    let closed: Promise<void> | null = null;
    return {
      url: server.url,
      close: () => {
        closed ??= server.close().finally(() => db.close());
        return closed;
      },
    };
  } catch (error) {
    await db.close();
    throw error;
  }
}
