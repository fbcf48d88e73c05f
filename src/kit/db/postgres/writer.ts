import type pg from 'pg';
import type { Database, Touched } from '../database.ts';
import type { Listeners } from '../listeners.ts';
import { type Runner, touching } from '../touching.ts';
import { queryOf } from './reader.ts';

/**
 * One try at a transaction, on a connection of its own. READ COMMITTED: whoever changes a row by what it holds takes
 * the row first (`Dialect.forUpdate`), or lets the UPDATE itself do the sum.
 */
export function postgresTransaction(
  pool: pg.Pool,
  onStatement: (sql: string) => void,
  keepsStatements: boolean,
  commits: Listeners<Touched>,
): Database['transaction'] {
  return async (work) => {
    const client = await pool.connect();
    let fault: Error | undefined;
    let sent: Touched | null = null;
    try {
      await client.query('BEGIN');
      const { tx, touched } = touching(on(client, onStatement, keepsStatements), commits);
      const result = await work(tx);
      sent = touched;
      await client.query('COMMIT');
      await commits.tell(touched);
      return result;
    } catch (error) {
      // a connection that broke before the answer came: it may have been done all the same
      if (sent !== null) await commits.tell(sent);
      await client.query('ROLLBACK').catch((broken: Error) => {
        fault = broken; // then the pool must not give this connection to anybody else
      });
      throw error;
    } finally {
      client.release(fault);
    }
  };
}

function on(client: pg.PoolClient, onStatement: (sql: string) => void, keepsStatements: boolean): Runner {
  return {
    engine: 'postgres',
    all: async (statement, params) => {
      onStatement(statement.text.postgres);
      return (await client.query(queryOf(statement, params, keepsStatements))).rows;
    },
    run: async (statement, params) => {
      onStatement(statement.text.postgres);
      const { rowCount, rows } = await client.query(queryOf(statement, params, keepsStatements));
      return { count: rowCount ?? 0, rows };
    },
  };
}
