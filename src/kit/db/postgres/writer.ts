import type pg from 'pg';
import type { Database, Touched } from '../database.ts';
import type { Listeners } from '../listeners.ts';
import { type Runner, touching } from '../touching.ts';
import { queryOf } from './reader.ts';
import { inOnePacket } from './together.ts';

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
      const { begun, working, touched } = inOnePacket(client, () => {
        const begun = client.query('BEGIN');
        begun.catch(() => {}); // whoever waits for it hears of it
        const { tx, touched } = touching(on(client, begun, onStatement, keepsStatements), commits);
        return { begun, working: work(tx), touched };
      });
      const result = await working;
      await begun;
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

/** The first read leaves with BEGIN. A change never does: if BEGIN alone failed, it would be done for good. */
function on(
  client: pg.PoolClient,
  begun: Promise<unknown>,
  onStatement: (sql: string) => void,
  keepsStatements: boolean,
): Runner {
  return {
    engine: 'postgres',
    all: async (statement, params) => {
      if ('isChange' in statement) await begun;
      onStatement(statement.text.postgres);
      const asked = client.query(queryOf(statement, params, keepsStatements));
      const [{ rows }] = await Promise.all([asked, begun]);
      return rows;
    },
    run: async (statement, params) => {
      await begun;
      onStatement(statement.text.postgres);
      const { rowCount, rows } = await client.query(queryOf(statement, params, keepsStatements));
      return { count: rowCount ?? 0, rows };
    },
  };
}
