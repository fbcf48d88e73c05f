import type { InvalidationChannel, OpenTransport } from '../cache/invalidation-channel.ts';
import type { Log } from '../log.ts';
import type { OnRedisChange } from '../redis.ts';
import {
  addressOf,
  type Database,
  migrate,
  notificationsOf,
  type OwnWrites,
  openDatabase,
} from '../store/index.ts';
import type { Settings } from './settings/settings.ts';

/** What connects the instances of one forum. */
export interface Instances {
  /** Null: they do not learn what the others write. A file says by itself when another process has written to it. */
  readonly channel: InvalidationChannel | null;
  readonly ownWrites: OwnWrites | null;
  close(): Promise<void>;
}

/** Opens what the settings ask for. Nothing waits for Redis. */
export async function openInstances(settings: Settings, log: Log): Promise<Instances> {
  const { redisUrl, databaseReplicaUrls } = settings;
  const onChange: OnRedisChange = (away) => {
    if (away) log.warn({ err: away }, 'Redis is away: until it is back, answers are cached for a second');
    else log.info('Redis is back: answers are cached until something is written');
  };
  const channel = await openChannel(settings, onChange);
  const ownWrites =
    redisUrl !== null && databaseReplicaUrls.length > 0
      ? (await import('./own-writes-in-redis.ts')).ownWritesInRedis(redisUrl, onChange)
      : null;
  return {
    channel,
    ownWrites,
    close: async () => {
      await channel?.close();
      await ownWrites?.close();
    },
  };
}

/** Modules are loaded where they are needed: most forums start without. */
async function openChannel(settings: Settings, onChange: OnRedisChange): Promise<InvalidationChannel | null> {
  if (addressOf(settings.databaseUrl).engine === 'sqlite') return null;
  const transport = await transportFor(settings, onChange);
  if (transport === null) return null;
  const { openInvalidationChannel } = await import('../cache/invalidation-channel.ts');
  return openInvalidationChannel(transport);
}

async function transportFor(
  { databaseUrl, redisUrl }: Settings,
  onChange: OnRedisChange,
): Promise<OpenTransport | null> {
  if (redisUrl !== null)
    return (await import('../cache/redis-transport.ts')).redisTransport(redisUrl, onChange);
  // PgBouncer hands on no notifications
  if (new URL(databaseUrl).searchParams.get('pgbouncer') === 'true') return null;
  return notificationsOf(databaseUrl);
}

/**
 * Migrates the database and opens it for a command, or for a start that may have to seed it. The instances that serve the
 * forum learn what it writes; `onUnsent` is called at the end if they may not.
 */
export async function openForCommand(settings: Settings, onUnsent: () => void): Promise<Database> {
  const migrations = await migrate(settings.databaseUrl);
  const db = await openDatabase(settings.databaseUrl);
  const channel = await openChannel(settings, () => {});
  if (channel === null) return db;
  let hasWritten = false;
  const publish: InvalidationChannel['publish'] = (tags) => {
    hasWritten = true;
    channel.publish(tags);
  };
  db.onCommit(publish);
  if (migrations.length > 0) publish('ALL');
  return {
    ...db,
    close: async () => {
      await db.close();
      if (!(await channel.close()) && hasWritten) onUnsent();
    },
  };
}
