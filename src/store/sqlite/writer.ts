import type BetterSqlite3 from 'better-sqlite3';
import type { Commits } from '../commits.ts';
import type { Transaction } from '../database.ts';
import { type Runner, touching } from '../touching.ts';
import { CompiledStatements } from './compiled.ts';
import { ledgerOf, openWriter, watch } from './connection.ts';
import { GroupCommit, type Undoing, Undone } from './group-commit.ts';

/** The one connection that writes, and the queue of those who wait for their turn on it. */
export interface SqliteWriter {
  readonly connection: BetterSqlite3.Database;
  readonly queue: GroupCommit;
  /**
   * Runs `work` when its turn comes, and resolves when what it wrote is on the disk. Runs it once more where
   * it was undone with others.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Whether another connection has committed since this was last asked. */
  isChangedElsewhere(): boolean;
  /** Waits for those who came before, then closes the connection. */
  close(): Promise<void>;
}

/** `beforeCommit`: called before each commit, whoever wrote. */
export function openSqliteWriter(
  file: string,
  onStatement: (sql: string) => void,
  commits: Commits,
  beforeCommit = () => {},
): SqliteWriter {
  const connection = openWriter(file);
  const queue = new GroupCommit(ledgerOf(connection, beforeCommit));
  const statements = new CompiledStatements(connection, onStatement);
  const attempt = async <T>(work: (tx: Transaction) => Promise<T>, undoing: Undoing): Promise<T> => {
    const member = await queue.enter(undoing);
    const runner: Runner = {
      engine: 'sqlite',
      all: (statement, params) =>
        member.run(() => statements.all(statement, params), 'isChange' in statement),
      run: (statement, params) => member.run(() => statements.run(statement, params)),
    };
    const { tx, noted } = touching(runner, commits);
    try {
      const result = await work(tx);
      await member.commit();
      await commits.tell(noted);
      return result;
    } catch (error) {
      await member.rollback();
      throw error;
    }
  };
  return {
    connection,
    queue,
    transaction: async (work) => {
      try {
        return await attempt(work, 'WITH_OTHERS');
      } catch (error) {
        if (!(error instanceof Undone)) throw error;
        return attempt(work, 'ALONE'); // nobody undoes it again
      }
    },
    isChangedElsewhere: watch(connection),
    close: async () => {
      if (!connection.open) return;
      const last = await queue.enter('ALONE');
      await last.commit();
      connection.close();
    },
  };
}
