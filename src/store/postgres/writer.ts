import type pg from 'pg';
import type { Commits } from '../commits.ts';
import type { Database, Transaction, TransactionOptions } from '../database.ts';
import type { InvalidatedTags } from '../declarations.ts';
import { type Runner, tagged } from '../tagging.ts';
import { OutcomeUnknown, TransactionCancelled } from '../unavailable.ts';
import { inOnePacket } from './pipelined.ts';
import { acquire, distrustOlder, isBroken, isSilence, socketOf } from './pool.ts';
import { arrayQueryOf, queryOf, rowsOf } from './reader.ts';

/**
 * One attempt at a transaction, on a connection of its own. The isolation level is READ COMMITTED: a change that
 * depends on the current values of a row locks it first (`Dialect.forUpdate`) or computes in the UPDATE itself.
 */
export function postgresTransaction(
  pool: pg.Pool,
  onStatement: (sql: string) => void,
  keepsStatements: boolean,
  commits: Commits,
): Database['transaction'] {
  return async <T>(work: (tx: Transaction) => Promise<T>, options: TransactionOptions = {}): Promise<T> => {
    const client = await acquire(pool);
    const { bytesRead } = socketOf(client);
    const cancelIfOver = () => {
      if (options.isOver?.()) throw new TransactionCancelled('Nobody waits for this transaction any more.');
    };
    let fault: Error | undefined;
    let unanswered: (() => InvalidatedTags) | null = null;
    let isCommitSent = false;
    let hasEnded = false;
    const end = (command: 'COMMIT' | 'ROLLBACK') => {
      hasEnded = true;
      return client.query(command);
    };
    // a statement that was not awaited would run in the connection's next transaction
    const refuseLate = () => {
      if (hasEnded) throw new Error('The transaction has ended.');
      cancelIfOver();
    };
    try {
      const { begun, working, invalidated } = inOnePacket(client, () => {
        const begun = client.query('BEGIN');
        begun.catch(() => {}); // reported to those who await it
        const runner = on({ client, begun, refuseLate }, onStatement, keepsStatements);
        const { tx, invalidated } = tagged(runner);
        return { begun, working: work(tx), invalidated };
      });
      const result = await working;
      await begun;
      cancelIfOver();
      unanswered = invalidated;
      isCommitSent = true;
      options.onCommitSent?.();
      const { command } = await end('COMMIT');
      unanswered = null;
      // if a statement failed, COMMIT rolls back, and says so only in its result
      if (command !== 'COMMIT') throw new Error('A statement of this transaction has failed.');
      commits.announce(invalidated());
      return result;
    } catch (error) {
      // the connection broke before COMMIT was answered: the commit may have happened
      const lost = unanswered;
      if (isSilence(error) && socketOf(client).bytesRead === bytesRead) distrustOlder(pool);
      await end('ROLLBACK').catch((broken: Error) => {
        fault = broken; // the pool must not reuse this connection
      });
      if (lost !== null) commits.announceUncertain(lost());
      if (lost !== null && error instanceof Error && isBroken(error)) throw new OutcomeUnknown(error);
      if (isCommitSent) options.onCommitFailed?.();
      throw error;
    } finally {
      client.release(fault);
    }
  };
}

interface Begun {
  readonly client: pg.PoolClient;
  readonly begun: Promise<unknown>;
  /** Throws if no further statement may run. */
  readonly refuseLate: () => void;
}

/** The first read is sent with BEGIN. A change waits for it: if BEGIN alone failed, the change would be committed. */
function on(
  { client, begun, refuseLate }: Begun,
  onStatement: (sql: string) => void,
  keepsStatements: boolean,
): Runner {
  return {
    engine: 'postgres',
    all: async (statement, params) => {
      if ('writes' in statement) await begun;
      refuseLate();
      onStatement(statement.text.postgres);
      const sent = client.query(arrayQueryOf(statement, params, keepsStatements));
      const [result] = await Promise.all([sent, begun]);
      return rowsOf(statement, result);
    },
    run: async (statement, params) => {
      await begun;
      refuseLate();
      onStatement(statement.text.postgres);
      const { rowCount, rows } = await client.query(queryOf(statement, params, keepsStatements));
      return { count: rowCount ?? 0, rows };
    },
  };
}
