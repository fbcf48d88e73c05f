import type BetterSqlite3 from 'better-sqlite3';
import type { Commits } from '../commits.ts';
import type { Transaction } from '../database.ts';
import { type Runner, tagged } from '../tagging.ts';
import { CompiledStatements } from './compiled.ts';
import { openWriter, watch } from './connection.ts';
import { GroupCommit } from './group-commit.ts';

/** The one connection that writes, and the queue of its writers. */
export interface SqliteWriter {
  readonly connection: BetterSqlite3.Database;
  readonly queue: GroupCommit;
  /** Runs `work` in its turn. Resolves when its changes are on disk. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Whether another connection has committed since the last call. */
  isChangedElsewhere(): boolean;
  /** Waits for earlier writers, then closes the connection. */
  close(): Promise<void>;
}

export function openSqliteWriter(
  file: string,
  onStatement: (sql: string) => void,
  commits: Commits,
): SqliteWriter {
  const connection = openWriter(file);
  const queue = new GroupCommit(connection);
  const statements = new CompiledStatements(connection, onStatement);
  const transaction = async <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => {
    const member = await queue.enter();
    const runner: Runner = {
      engine: 'sqlite',
      all: (statement, params) => member.run(() => statements.all(statement, params)),
      run: (statement, params) => member.run(() => statements.run(statement, params)),
    };
    const { tx, invalidated } = tagged(runner);
    try {
      const result = await work(tx);
      await member.commit();
      commits.announce(invalidated());
      return result;
    } catch (error) {
      await member.rollback();
      throw error;
    }
  };
  return {
    connection,
    queue,
    transaction,
    isChangedElsewhere: watch(connection),
    close: async () => {
      if (!connection.open) return;
      const last = await queue.enter();
      await last.commit();
      connection.close();
    },
  };
}
