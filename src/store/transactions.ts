import { setTimeout as sleep } from 'node:timers/promises';
import type { PrismaClient } from '../generated/sqlite/client.ts';
import type { Commits } from './commits.ts';
import type { Change, Database, Engine, Param, Statement, Transaction, Tx } from './database.ts';
import { driverFaultIn } from './driver-error.ts';
import { OutcomeUnknown } from './unavailable.ts';

/** How long a transaction may wait for its turn. */
export const WAIT_MS_MAX = 30_000;
/** How long a command's transaction may run. A longer one is a fault, because on SQLite it blocks every writer. */
const RUN_MS_MAX = 120_000;
/** The maximum number of attempts at work that loses to a deadlock or a serialisation failure. */
const TRIES_MAX = 5;

/** How long `Database.close` waits for running writes, if its caller does not say. */
export const CLOSE_MS_MAX = RUN_MS_MAX;

interface TransactionParts {
  readonly engine: Engine;
  /**
   * Called at the first `write`: Prisma's client takes a third of a server's memory, and most servers never need it.
   */
  readonly openClient: () => Promise<PrismaClient>;
  /** One attempt at a transaction of prepared statements. */
  readonly transaction: Database['transaction'];
  /** Whether the connection was silent. Nothing was committed on it, so the work may run once more on another one. */
  readonly wasSilent?: (error: unknown) => boolean;
  /** Notified after each commit of Prisma's. */
  readonly commits: Pick<Commits, 'announce' | 'announceUncertain'>;
}

const engines = new WeakMap<Tx, Engine>();

/** The engine of a Prisma transaction, which Prisma does not say. */
export function engineOf(tx: Tx): Engine | undefined {
  return engines.get(tx);
}

/** Makes `Database.write`, `Database.transaction`, and a function that waits for both. */
export function transactionsOf(parts: TransactionParts): {
  write: Database['write'];
  transaction: Database['transaction'];
  /** Resolves when none is running, or after `withinMs`. None begins any more. */
  finish(withinMs: number): Promise<void>;
} {
  const { engine, openClient, transaction, wasSilent = () => false, commits } = parts;
  const underWay = new Set<Promise<unknown>>();
  let closed: Promise<void> | null = null;
  let client: Promise<PrismaClient> | null = null;

  function opened(): Promise<PrismaClient> {
    client ??= openClient().catch((error: unknown) => {
      client = null;
      throw error;
    });
    return client;
  }

  const mayRunAgain = (error: unknown, attempt: number) =>
    isLostRace(error) || (attempt === 1 && wasSilent(error));

  /** The delay between attempts grows and is random. */
  async function again<T>(attemptOnce: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await attemptOnce();
      } catch (error) {
        if (attempt >= TRIES_MAX || !mayRunAgain(error, attempt)) throw error;
        await sleep(2 ** attempt * (5 + 5 * Math.random()));
      }
    }
  }

  async function tracked<T>(attemptOnce: () => Promise<T>): Promise<T> {
    if (closed) throw new Error('The database is closed.');
    const running = again(attemptOnce);
    underWay.add(running);
    try {
      return await running;
    } finally {
      underWay.delete(running);
    }
  }

  return {
    write: async (work) =>
      tracked(async () => {
        const prisma = await opened();
        const limits = { maxWait: WAIT_MS_MAX, timeout: RUN_MS_MAX };
        let isDone = false;
        const committed = prisma.$transaction(async (tx) => {
          engines.set(tx, engine);
          const result = await work(tx);
          isDone = true;
          return result;
        }, limits);
        const result = await committed.catch((error: unknown) => {
          // the failure came from COMMIT, and Prisma does not say whether it was sent
          if (isDone) commits.announceUncertain('ALL');
          if (isDone && wasSilent(error)) throw new OutcomeUnknown(error as Error);
          throw error;
        });
        commits.announce('ALL');
        return result;
      }),
    transaction: (work, options) => tracked(() => transaction(work, options)),
    // Prisma would roll back running transactions
    finish: (withinMs) => {
      closed ??= (async () => {
        const ended = Promise.allSettled(underWay);
        const closing = ended.then(async () => (await client)?.$disconnect());
        const timer = new AbortController();
        await Promise.race([closing, sleep(withinMs, undefined, { signal: timer.signal }).catch(() => {})]);
        timer.abort();
      })();
      return closed;
    },
  };
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

/**
 * A write conflict or a deadlock, as Prisma (P2034) and PostgreSQL (40001, 40P01) report it. The transaction was rolled
 * back and can run again.
 */
function isLostRace(error: unknown): boolean {
  const code = codeOf(error);
  if (code === 'P2034' || code === '40001' || code === '40P01') return true;
  return driverFaultIn(error).kind === 'TransactionWriteConflict';
}

/** Whether a write failed because a unique key already has the value: in Prisma, SQLite or PostgreSQL. */
export function isUniqueViolation(error: unknown): boolean {
  const code = codeOf(error);
  if (code === 'P2002' || code === '23505') return true;
  if (code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY') return true;
  return code === 'P2010' && driverFaultIn(error).kind === 'UniqueConstraintViolation';
}

/** Whether a prepared statement failed because it refers to a missing row, or deletes a row that others refer to. */
export function isForeignKeyViolation(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'SQLITE_CONSTRAINT_FOREIGNKEY' || code === '23503';
}

const lock: Statement<object> = {
  name: 'advisory lock',
  text: { sqlite: '', postgres: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))' },
};

/**
 * Acquires the lock of this name until the transaction ends, for transactions that must see each other's writes but
 * have no row that both could lock. SQLite needs none, because it has one writer.
 */
export async function advisoryLock(tx: Transaction, name: string): Promise<void> {
  if (tx.engine === 'postgres') await tx.all(lock, [name]);
}

/**
 * Acquires all locks that a Prisma transaction needs. Call it once in each: transactions that acquire locks one by one
 * may deadlock. A server has room for a few thousand.
 */
export async function advisoryLocks(tx: Tx, names: readonly string[]): Promise<void> {
  if (engineOf(tx) !== 'postgres') return;
  const inOneOrder = [...new Set(names)].sort();
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest(${inOneOrder}::text[]) AS name`;
}

/**
 * A Prisma transaction that runs prepared statements too, so that a command can do what a request does in its
 * transaction. Prisma invalidates every cached answer when it commits.
 */
export function preparedIn(tx: Tx): Transaction {
  const engine = engineOf(tx);
  if (!engine) throw new Error('This transaction has ended, or is not of Database.write.');
  const valuesOf = (params: readonly Param[]) =>
    engine === 'sqlite'
      ? params.map((param) => (Array.isArray(param) ? JSON.stringify(param) : param))
      : params;
  return {
    engine,
    all: async <Row>({ text }: Statement<Row>, params: readonly Param[]) => {
      const rows = await tx.$queryRawUnsafe<Record<string, unknown>[]>(text[engine], ...valuesOf(params));
      return rows.map(withNumbers) as Row[];
    },
    run: async ({ text }: Change<unknown>, params: readonly Param[]) =>
      tx.$executeRawUnsafe(text[engine], ...valuesOf(params)),
  };
}

/** Prisma reads 64-bit integers as bigints. */
function withNumbers(row: Record<string, unknown>): Record<string, unknown> {
  for (const name in row) if (typeof row[name] === 'bigint') row[name] = Number(row[name]);
  return row;
}
