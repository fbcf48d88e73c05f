import type { SqlQuery, SqlResultSet } from '@prisma/driver-adapter-utils';
import type BetterSqlite3 from 'better-sqlite3';
import { columnTypes, fromSqlite, toSqlite } from './convert.ts';
import { driverError } from './driver-error.ts';
import { type Prepared, StatementCache } from './statement-cache.ts';

/** Runs Prisma's statements on one connection, at once: it knows nothing of queues and transactions. */
export class Session {
  readonly connection: BetterSqlite3.Database;
  readonly #cache: StatementCache;
  readonly #noteStatement: (text: string) => void;

  constructor(connection: BetterSqlite3.Database, noteStatement: (text: string) => void) {
    this.connection = connection;
    this.#cache = new StatementCache(connection);
    this.#noteStatement = noteStatement;
  }

  /** Whether a statement changes nothing, as SQLite itself judges it: INSERT … RETURNING does, WITH … SELECT does not. */
  isRead(sql: string): boolean {
    return this.#try(() => this.#cache.get(sql).statement.readonly);
  }

  query(query: SqlQuery): SqlResultSet {
    return this.#run(query, ({ statement, columnNames, declaredTypes }, values) => {
      if (!statement.reader) {
        statement.run(...values);
        return { columnNames, columnTypes: [], rows: [] };
      }
      const rows = statement.all(...values);
      const types = columnTypes(declaredTypes, rows);
      return { columnNames, columnTypes: types, rows: rows.map((row) => fromSqlite(row, types)) };
    });
  }

  /** Answers the number of rows changed. */
  execute(query: SqlQuery): number {
    return this.#run(query, ({ statement }, values) => {
      if (!statement.reader) return statement.run(...values).changes;
      return statement.all(...values).length; // a RETURNING clause: one row for each one changed
    });
  }

  /** Runs several statements that take no parameters. */
  script(sql: string): void {
    this.#noteStatement(sql);
    this.#try(() => this.connection.exec(sql));
  }

  /** Begins or ends a savepoint. Nobody is told: it is no statement that a caller asked for. */
  savepoint(sql: string): void {
    this.#try(() => this.connection.exec(sql));
  }

  #run<T>(query: SqlQuery, run: (prepared: Prepared, values: unknown[]) => T): T {
    this.#noteStatement(query.sql);
    return this.#try(() => {
      const values = query.args.map((value, i) => toSqlite(value, query.argTypes[i]));
      return run(this.#cache.get(query.sql), values);
    });
  }

  #try<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw driverError(error);
    }
  }
}
