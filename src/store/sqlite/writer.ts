import { setTimeout as sleep } from 'node:timers/promises';
import type BetterSqlite3 from 'better-sqlite3';
import type { Commits } from '../commits.ts';
import type { Change, Param, Statement, Transaction, TransactionOptions } from '../database.ts';
import { type Runner, tagged } from '../tagging.ts';
import { TransactionCancelled } from '../unavailable.ts';
import { CompiledStatements } from './compiled.ts';
import { openWriter, watch } from './connection.ts';
import { GroupCommit } from './group-commit.ts';
import { LateStatements } from './late-statements.ts';

/** The one connection that writes, and the queue of its writers. */
export interface SqliteWriter {
  readonly connection: BetterSqlite3.Database;
  readonly queue: GroupCommit;
  /** Runs `work` in its turn. Resolves when its changes are on disk. */
  transaction<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** Whether another connection has committed since the last call. */
  isChangedElsewhere(): boolean;
  /** Waits at most this long for earlier writers, then closes the connection, which rolls back an open transaction. */
  close(withinMs: number): Promise<void>;
}

interface WriterParts {
  readonly onStatement: (sql: string) => void;
  readonly commits: Commits;
  /** How long a writer waits while another process has the lock. */
  readonly busyMsMax?: number | undefined;
  /** Throws if the file is no longer the one at its path. */
  readonly checkIdentity?: () => void;
}

export function openSqliteWriter(
  file: string,
  { onStatement, commits, busyMsMax, checkIdentity }: WriterParts,
): SqliteWriter {
  const connection = openWriter(file);
  const lateStatements = new LateStatements();
  const queue = new GroupCommit(connection, { check: checkIdentity, busyMsMax, late: lateStatements });
  const statements = new CompiledStatements(connection, onStatement);
  const transaction = async <T>(
    work: (tx: Transaction) => Promise<T>,
    { isOver, onCommitSent, onCommitFailed }: TransactionOptions = {},
  ): Promise<T> => {
    const member = await queue.enter(isOver);
    const cancelIfOver = () => {
      if (isOver?.()) throw new TransactionCancelled('Nobody waits for this transaction any more.');
    };
    const late = lateStatements.begin();
    const run = <R>(statement: Statement<unknown>, go: () => R): R => {
      cancelIfOver();
      return member.run(() => {
        late.prepareFor(statement);
        return go();
      });
    };
    const runLate = (change: Change<unknown>, params: readonly Param[]) => {
      cancelIfOver();
      member.run(() => late.add(change, () => statements.run(change, params)));
      return { count: 1, rows: [] };
    };
    const runner: Runner = {
      engine: 'sqlite',
      all: (statement, params) => run(statement, () => statements.all(statement, params)),
      run: (change, params) =>
        change.isLate ? runLate(change, params) : run(change, () => statements.run(change, params)),
    };
    const { tx, invalidated } = tagged(runner);
    let isCommitSent = false;
    try {
      const result = await work(tx);
      cancelIfOver();
      late.keep();
      isCommitSent = true;
      onCommitSent?.();
      await member.commit();
      commits.announce(invalidated());
      return result;
    } catch (error) {
      late.undo();
      await member.rollback();
      if (isCommitSent) onCommitFailed?.();
      throw error;
    }
  };
  return {
    connection,
    queue,
    transaction,
    isChangedElsewhere: watch(connection),
    close: async (withinMs) => {
      if (!connection.open) return;
      const ended = queue.enter().then((last) => last.rollback());
      const timer = new AbortController();
      const late = sleep(withinMs, undefined, { signal: timer.signal });
      await Promise.race([ended, late]).catch(() => {}); // it cannot begin: nothing is written either
      timer.abort();
      connection.close();
    },
  };
}
