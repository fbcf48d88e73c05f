import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import type { SqlDriverAdapter, SqlDriverAdapterFactory, Transaction } from '@prisma/driver-adapter-utils';
import { reporting } from '../prisma-adapter.ts';
import { FOR_WRITES } from './connection.ts';
import type { GroupCommit } from './group-commit.ts';

/** How long a transaction waits for another process's lock. It blocks this process, which runs a command. */
const BUSY_MS_MAX = 10_000;

/**
 * Prisma's driver adapter for a SQLite file, on a connection of its own. Its transactions take turns with those of
 * requests. Outside a transaction it is unsafe, because a statement then runs inside whichever transaction is open:
 * `Database.write` is the only way to it.
 */
export function sqliteAdapter(
  file: string,
  queue: GroupCommit,
  onStatement: (sql: string) => void,
): SqlDriverAdapterFactory {
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
          const transaction = await startTransaction(level);
          return reporting(await locked(adapter, transaction, leave), onStatement);
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
  const { commit, rollback } = transaction;
  transaction.commit = () => commit.call(transaction).finally(leave);
  transaction.rollback = async () => {
    // after a failed COMMIT the transaction may still be open
    await run(adapter, 'ROLLBACK').catch(() => {});
    await rollback.call(transaction).finally(leave);
  };
  try {
    await run(adapter, 'COMMIT; BEGIN IMMEDIATE');
  } catch (error) {
    await rollback.call(transaction);
    throw error;
  }
  return transaction;
}

/** Rejects if the script fails: the adapter itself throws before it returns a promise. */
async function run(adapter: SqlDriverAdapter, script: string): Promise<void> {
  await adapter.executeScript(script);
}
