// Reads from replicas. A replica is used only while it is known to have everything that the primary had a second ago
// and, for an actor who has just written, everything up to that write.
import type pg from 'pg';
import { StartError } from '../../start-error.ts';
import type { Database, Reader } from '../database.ts';
import { type PostgresAddress, postgresAddress } from './connection.ts';
import {
  BEYOND_ALL,
  type LogPosition,
  type OwnWrites,
  REPLICA_LAG_MS_MAX,
  replayedPosition,
  writtenPosition,
} from './own-writes.ts';
import { closePool, poolOf, type Waits } from './pool.ts';
import { postgresReader } from './reader.ts';

/** How often the log positions are read. It adds to the lag that a replica may have. */
const LOOK_MS = 250;

/** A server that does not answer within this time counts as unreachable. */
const LOOK_MS_MAX = 1000;
/** A read that takes longer on a replica is repeated on the primary. */
const ANSWER_MS_MAX = 5000;

interface Replica {
  readonly pool: pg.Pool;
  readonly reader: Reader;
  /** The replayed position. Null if it does not answer or is no replica. */
  replayed: LogPosition | null;
}

export interface Replicas {
  /** Returns a reader that has everything up to a position, a different one for each call. Null if there is none. */
  readerAfter(position: LogPosition | null): Reader | null;
  close(withinMs: number): Promise<void>;
}

interface ReplicaParts {
  readonly urls: readonly string[];
  readonly primary: PostgresAddress;
  /** The reader to use if a replica fails during a request. */
  readonly fallback: Reader;
  /** The number of connections to each replica. */
  readonly connectionsMax: number;
  readonly waits: Waits;
  readonly onStatement: (sql: string) => void;
}

/** Opens replicas and watches them. An unreachable one is retried and is no error. */
export async function openReplicas(parts: ReplicaParts): Promise<Replicas> {
  const replicas = parts.urls.map((url): Replica => {
    const address = addressOfReplica(url, parts.primary);
    const { waits, connectionsMax } = parts;
    const answerMs = Math.min(waits.answerMs, ANSWER_MS_MAX);
    const pool = poolOf(address, { ...waits, connectionsMax, answerMs });
    const replica: Replica = { pool, replayed: null, reader: { all: async () => [] } };
    const direct = postgresReader(pool, parts.onStatement, address.keepsStatements);
    return Object.assign(replica, {
      reader: orElse(direct, parts.fallback, () => (replica.replayed = null)),
    });
  });
  // a connection of its own, so that checks do not queue behind readers
  const primary = poolOf(parts.primary, { ...parts.waits, connectionsMax: 1 });
  const primaryWas: { readonly at: number; readonly position: LogPosition }[] = [];
  const look = async (): Promise<void> => {
    await Promise.all([
      inTime(writtenPosition(primary)).then(
        (position) => primaryWas.push({ at: performance.now(), position }),
        () => {}, // an unreachable primary writes nothing, so its replicas do not fall behind
      ),
      ...replicas.map(async (replica) => {
        replica.replayed = await inTime(replayedPosition(replica.pool)).catch(() => null);
      }),
    ]);
    const isOld = (at: number) => at < performance.now() - REPLICA_LAG_MS_MAX + LOOK_MS;
    while (primaryWas.length > 1 && isOld(primaryWas[1]?.at ?? 0)) primaryWas.shift();
  };
  let looking = look();
  await looking;
  let isLooking = false;
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    looking = look().finally(() => {
      isLooking = false;
    });
  }, LOOK_MS);
  timer.unref();

  let next = 0;
  return {
    readerAfter: (position) => {
      const least = [primaryWas[0]?.position ?? 0n, position ?? 0n].reduce((a, b) => (a > b ? a : b));
      for (let i = 0; i < replicas.length; i++) {
        const replica = replicas[next++ % replicas.length];
        if (replica && replica.replayed !== null && replica.replayed >= least) return replica.reader;
      }
      return null;
    },
    close: async (withinMs) => {
      clearInterval(timer);
      await looking;
      const pools = [primary, ...replicas.map(({ pool }) => pool)];
      await Promise.all(pools.map((pool) => closePool(pool, withinMs)));
    },
  };
}

/** A replica has the schemas of its primary, and is used with the same one. */
function addressOfReplica(url: string, primary: PostgresAddress): PostgresAddress {
  const own = postgresAddress(url);
  if (own.schema !== null && own.schema !== primary.schema)
    throw new StartError('DATABASE_REPLICA_URLS must have the ?schema= of DATABASE_URL, or none.');
  if (!own.keepsStatements && primary.schema !== null)
    throw new StartError(
      'DATABASE_REPLICA_URLS cannot have ?pgbouncer=true where DATABASE_URL has ?schema=: set search_path for the role instead.',
    );
  return { ...own, schema: primary.schema };
}

/** Rejects after LOOK_MS_MAX. The query itself continues. */
function inTime<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The server does not answer.')), LOOK_MS_MAX);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Repeats a read on the primary if it fails on a replica. */
function orElse(direct: Reader, fallback: Reader, onFailure: () => void): Reader {
  return {
    all: async (statement, params) => {
      try {
        return await direct.all(statement, params);
      } catch {
        onFailure();
        return fallback.all(statement, params);
      }
    },
  };
}

interface ForActorParts {
  readonly base: Omit<Database, 'forActor'>;
  readonly primary: pg.Pool;
  readonly replicas: Replicas;
  readonly ownWrites: OwnWrites;
}

/**
 * `Database.forActor` with replicas. A request reads from one server, so that it does not go back in time. Once it
 * writes, it reads from the primary.
 */
export function forActor({ base, primary, replicas, ownWrites }: ForActorParts): Database['forActor'] {
  const of = async (actor: string | null): Promise<Database> => {
    const last = actor === null ? null : await ownWrites.lastOf(actor);
    let reader: Reader = replicas.readerAfter(last) ?? base.read;
    return {
      ...base,
      read: { all: (statement, params) => reader.all(statement, params) },
      transaction: async (work, options) => {
        reader = base.read;
        const result = await base.transaction(work, options);
        // the write is committed; if the position is unknown, the actor reads from the primary
        if (actor !== null)
          await ownWrites.record(actor, await writtenPosition(primary).catch(() => BEYOND_ALL));
        return result;
      },
      forActor: of,
    };
  };
  return of;
}
