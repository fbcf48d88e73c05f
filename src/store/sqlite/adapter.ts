import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import type { SqlDriverAdapter, SqlDriverAdapterFactory, Transaction } from '@prisma/driver-adapter-utils';
import { FOR_WRITES } from './connection.ts';
import type { GroupCommit } from './group-commit.ts';

/** How long a transaction waits for another process's lock. It blocks this process, which runs a command. */
const BUSY_MS_MAX = 10_000;

/**
 * Prisma's driver adapter for a SQLite file, on a connection of its own. Its transactions take turns with those of
 * requests. Outside a transaction it is unsafe, because a statement then runs inside whichever transaction is open:
 * `Database.write` is the only way to it.
 */
export function sqliteAdapter(file: string, queue: GroupCommit): SqlDriverAdapterFactory {
  const factory = new PrismaBetterSqlite3(
    { url: file, timeout: BUSY_MS_MAX },
    { timestampFormat: 'unixepoch-ms' },
  );
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => {
      const adapter = await factory.connect();
      await adapter.executeScript(FOR_WRITES);
      const startTransaction = adapter.startTransaction.bind(adapter);
      adapter.startTransaction = async (level) => {
        const leave = await queue.reserve();
        try {
          return await locked(adapter, await startTransaction(level), leave);
        } catch (error) {
          leave();
          throw error;
        }
      };
      return adapter;
    },
  };
}

/** Gets the lock at the start of a transaction, because a later BUSY would interrupt it. Calls `leave` at its end. */
async function locked(
  adapter: SqlDriverAdapter,
  transaction: Transaction,
  leave: () => void,
): Promise<Transaction> {
  const commit = transaction.commit.bind(transaction);
  const rollback = transaction.rollback.bind(transaction);
  try {
    await run(adapter, 'COMMIT; BEGIN IMMEDIATE');
  } catch (error) {
    await rollback();
    throw error;
  }
  transaction.commit = () => commit().finally(leave);
  transaction.rollback = async () => {
    // after a failed COMMIT the transaction may still be open
    await run(adapter, 'ROLLBACK').catch(() => {});
    await rollback().finally(leave);
  };
  return transaction;
}

/** Rejects if the script fails: the adapter itself throws before it returns a promise. */
async function run(adapter: SqlDriverAdapter, script: string): Promise<void> {
  await adapter.executeScript(script);
}
