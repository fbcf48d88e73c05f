import type pg from 'pg';
import type { Commits } from '../commits.ts';
import type { Database, Transaction } from '../database.ts';
import type { InvalidatedTags } from '../declarations.ts';
import { type Runner, tagged } from '../tagging.ts';
import { arrayQueryOf, queryOf, rowsOf } from './reader.ts';
import { inOnePacket } from './together.ts';

/**
 * One try at a transaction, on a connection of its own. READ COMMITTED: whoever changes a row by what it holds takes
 * the row first (`Dialect.forUpdate`), or lets the UPDATE itself do the sum.
 */
export function postgresTransaction(
  pool: pg.Pool,
  onStatement: (sql: string) => void,
  keepsStatements: boolean,
  commits: Commits,
): Database['transaction'] {
  return async <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => {
    const client = await pool.connect();
    let fault: Error | undefined;
    let unanswered: (() => InvalidatedTags) | null = null;
    let isOver = false;
    const end = (command: 'COMMIT' | 'ROLLBACK') => {
      isOver = true;
      return client.query(command);
    };
    try {
      const { begun, working, invalidated } = inOnePacket(client, () => {
        const begun = client.query('BEGIN');
        begun.catch(() => {}); // whoever waits for it hears of it
        const { tx, invalidated } = tagged(
          on({ client, begun, isOver: () => isOver }, onStatement, keepsStatements),
          commits,
        );
        return { begun, working: work(tx), invalidated };
      });
      const result = await working;
      await begun;
      unanswered = invalidated;
      const { command } = await end('COMMIT');
      unanswered = null;
      // one in which a statement failed is undone by COMMIT, which says so only here
      if (command !== 'COMMIT') throw new Error('A statement of this transaction has failed.');
      commits.announce(invalidated());
      return result;
    } catch (error) {
      // a connection that broke before the answer came: it may have been done all the same
      const lost = unanswered;
      await end('ROLLBACK').catch((broken: Error) => {
        fault = broken; // then the pool must not give this connection to anybody else
      });
      if (lost !== null) commits.announceLost(lost());
      throw error;
    } finally {
      client.release(fault);
    }
  };
}

interface Begun {
  readonly client: pg.PoolClient;
  readonly begun: Promise<unknown>;
  readonly isOver: () => boolean;
}

/** The first read leaves with BEGIN. A change never does: if BEGIN alone failed, it would be done for good. */
function on(
  { client, begun, isOver }: Begun,
  onStatement: (sql: string) => void,
  keepsStatements: boolean,
): Runner {
  // what somebody forgot to wait for would be done in whatever the connection is given to next
  const refuseLate = () => {
    if (isOver()) throw new Error('The transaction has ended.');
  };
  return {
    engine: 'postgres',
    all: async (statement, params) => {
      if ('writes' in statement) await begun;
      refuseLate();
      onStatement(statement.text.postgres);
      const asked = client.query(arrayQueryOf(statement, params, keepsStatements));
      const [result] = await Promise.all([asked, begun]);
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
