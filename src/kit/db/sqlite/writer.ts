import type BetterSqlite3 from 'better-sqlite3';
import type { Transaction } from '../database.ts';
import { CompiledStatements } from './compiled.ts';
import { openWriter } from './connection.ts';
import { GroupCommit } from './group-commit.ts';

/** The one connection that writes, and the queue of those who wait for their turn on it. */
export interface SqliteWriter {
  readonly connection: BetterSqlite3.Database;
  readonly queue: GroupCommit;
  /** Runs `work` when its turn comes, and resolves when what it wrote is on the disk. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Waits for those who came before, then closes the connection. */
  close(): Promise<void>;
}

export function openSqliteWriter(file: string, onStatement: (sql: string) => void): SqliteWriter {
  const connection = openWriter(file);
  const queue = new GroupCommit(connection);
  const statements = new CompiledStatements(connection, onStatement);
  return {
    connection,
    queue,
    transaction: async (work) => {
      const member = await queue.enter();
      const tx: Transaction = {
        engine: 'sqlite',
        all: (statement, params) => member.run(() => statements.all(statement, params)),
        run: (statement, params) => member.run(() => statements.run(statement, params)),
      };
      try {
        const result = await work(tx);
        await member.commit();
        return result;
      } catch (error) {
        member.rollback();
        throw error;
      }
    },
    close: async () => {
      if (!connection.open) return;
      const last = await queue.enter();
      await last.commit();
      connection.close();
    },
  };
}
