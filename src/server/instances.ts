import type { InvalidationChannel } from '../cache/invalidation-channel.ts';
import { useSearchLanguages } from '../forum/search/index.ts';
import type { Log } from '../log.ts';
import type { OnRedisChange } from '../redis.ts';
import {
  addressOf,
  type Database,
  migrate,
  notificationsOf,
  type OpenTransport,
  type OwnWrites,
  openDatabase,
} from '../store/index.ts';
import type { Settings } from './settings/settings.ts';

/** The connections between the instances of one forum. */
interface Instances {
  /** Null if the instances do not notify each other. SQLite itself reports the writes of other processes. */
  readonly channel: InvalidationChannel | null;
  readonly ownWrites: OwnWrites | null;
  close(): Promise<void>;
}

/** Opens the connections that the settings require. It does not wait for Redis. */
export async function openInstances(settings: Settings, log: Log): Promise<Instances> {
  const { redisUrl, databaseReplicaUrls } = settings;
  const onChange: OnRedisChange = (error) => {
    if (error)
      log.warn({ err: error }, 'Redis is unreachable: until it is back, answers are cached for a second');
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

/** The modules are loaded on demand, because most forums need none. */
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
  // PgBouncer does not forward notifications
  if (new URL(databaseUrl).searchParams.get('pgbouncer') === 'true') return null;
  return notificationsOf(databaseUrl);
}

/**
 * Migrates the database and opens it for a command, or for a start that may seed it. Running instances are notified of
 * its writes. On close, `onUnsent` is called if that may have failed.
 */
export async function openForCommand(settings: Settings, onUnsent: () => void): Promise<Database> {
  useSearchLanguages(settings.searchLanguages);
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
