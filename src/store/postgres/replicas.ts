// Reads from copies of the primary. A copy is read from only while it is known to show everything that the primary
// had written a second ago, and, for whoever has just written, everything up to that write.
import type pg from 'pg';
import type { Database, Reader } from '../database.ts';
import { CONNECT_MS_MAX, type PostgresAddress, poolOf, postgresAddress } from './connection.ts';
import {
  BEYOND_ALL,
  type LogPosition,
  type OwnWrites,
  REPLICA_LAG_MS_MAX,
  shownPosition,
  writtenPosition,
} from './own-writes.ts';
import { postgresReader } from './reader.ts';

/** How often all servers are asked how far they are: what a replica is known to show is at most this much older. */
const LOOK_MS = 250;

/** A server that has not said within this time how far it is counts as one that does not answer. */
const LOOK_MS_MAX = 1000;
/** A read that takes longer on a replica is asked of the primary. */
const ANSWER_MS_MAX = 5000;

interface Replica {
  readonly pool: pg.Pool;
  readonly reader: Reader;
  /** Null: it does not answer, or is no replica. */
  shows: LogPosition | null;
}

export interface Replicas {
  /** A reader that shows everything up to there, another one at each call; null: none does. */
  readerAfter(position: LogPosition | null): Reader | null;
  close(): Promise<void>;
}

interface ReplicaParts {
  readonly urls: readonly string[];
  readonly primary: PostgresAddress;
  /** Where a replica fails in the middle of a request. */
  readonly fallback: Reader;
  /** Connections to each. */
  readonly connectionsMax: number;
  readonly onStatement: (sql: string) => void;
}

/** Starts to watch replicas. One that cannot be reached is looked at again and again, and is no fault. */
export async function openReplicas(parts: ReplicaParts): Promise<Replicas> {
  const replicas = parts.urls.map((url): Replica => {
    const address = postgresAddress(url);
    const pool = poolOf(address, parts.connectionsMax, CONNECT_MS_MAX, ANSWER_MS_MAX);
    const replica: Replica = { pool, shows: null, reader: { all: async () => [] } };
    const direct = postgresReader(pool, parts.onStatement, address.keepsStatements);
    return Object.assign(replica, { reader: orElse(direct, parts.fallback, () => (replica.shows = null)) });
  });
  // of its own: it must not wait for its turn behind readers while writers go on
  const primary = poolOf(parts.primary, 1, CONNECT_MS_MAX);
  const primaryWas: { readonly at: number; readonly position: LogPosition }[] = [];
  const look = async (): Promise<void> => {
    await Promise.all([
      inTime(writtenPosition(primary)).then(
        (position) => primaryWas.push({ at: performance.now(), position }),
        () => {}, // a primary that is away writes nothing: its replicas stay as fresh as they were
      ),
      ...replicas.map(async (replica) => {
        replica.shows = await inTime(shownPosition(replica.pool)).catch(() => null);
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

  let turn = 0;
  return {
    readerAfter: (position) => {
      const least = [primaryWas[0]?.position ?? 0n, position ?? 0n].reduce((a, b) => (a > b ? a : b));
      for (let i = 0; i < replicas.length; i++) {
        const replica = replicas[turn++ % replicas.length];
        if (replica && replica.shows !== null && replica.shows >= least) return replica.reader;
      }
      return null;
    },
    close: async () => {
      clearInterval(timer);
      await looking;
      await Promise.all([primary, ...replicas.map(({ pool }) => pool)].map((pool) => pool.end()));
    },
  };
}

/** What is asked goes on, and its connection with it; nobody waits for it any longer. */
function inTime<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The server does not answer.')), LOOK_MS_MAX);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** A read changes nothing, so one that fails on a replica is asked again of the primary. */
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

export interface ForActorParts {
  readonly base: Omit<Database, 'forActor'>;
  readonly primary: pg.Pool;
  readonly replicas: Replicas;
  readonly ownWrites: OwnWrites;
}

/**
 * `Database.forActor` where there are replicas. One request reads from one server, so that it does not go
 * back in time, until it writes: from then on it reads from the primary.
 */
export function forActor({ base, primary, replicas, ownWrites }: ForActorParts): Database['forActor'] {
  const of = async (actor: string | null): Promise<Database> => {
    const last = actor === null ? null : await ownWrites.lastOf(actor);
    let reader: Reader = replicas.readerAfter(last) ?? base.read;
    return {
      ...base,
      read: { all: (statement, params) => reader.all(statement, params) },
      transaction: async (work) => {
        reader = base.read;
        const result = await base.transaction(work);
        // it is done whatever this answers: where nobody can say how far the log is, nothing but the primary will do
        if (actor !== null)
          await ownWrites.record(actor, await writtenPosition(primary).catch(() => BEYOND_ALL));
        return result;
      },
      forActor: of,
    };
  };
  return of;
}
