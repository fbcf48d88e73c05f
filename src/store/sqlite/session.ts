import type { SqlQuery, SqlResultSet } from '@prisma/driver-adapter-utils';
import type BetterSqlite3 from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import { columnTypes, fromSqlite, toSqlite } from './convert.ts';
import { driverError } from './driver-error.ts';

/** The number of prepared statements of a connection. Prisma makes a new text for each length of an IN list. */
const PREPARED_MAX = 500;

interface Prepared {
  readonly statement: BetterSqlite3.Statement<unknown[], unknown[]>;
  /** The names and declared types of the columns. Empty if the statement returns no rows. */
  readonly columnNames: string[];
  readonly declaredTypes: readonly (string | null)[];
}

/** Runs Prisma's statements on one connection, synchronously. Queues and transactions are handled elsewhere. */
export class Session {
  readonly connection: BetterSqlite3.Database;
  readonly #prepared = new LRUCache<string, Prepared>({ max: PREPARED_MAX });
  readonly #onStatement: (text: string) => void;

  constructor(connection: BetterSqlite3.Database, onStatement: (text: string) => void) {
    this.connection = connection;
    this.#onStatement = onStatement;
  }

  /**
   * Whether a statement only reads, by SQLite's own judgement: false for INSERT … RETURNING, true for WITH … SELECT.
   */
  isRead(sql: string): boolean {
    return this.#try(() => this.#prepare(sql).statement.readonly);
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

  /** Returns the number of changed rows. */
  execute(query: SqlQuery): number {
    return this.#run(query, ({ statement }, values) => {
      if (!statement.reader) return statement.run(...values).changes;
      return statement.all(...values).length; // a RETURNING clause returns each changed row
    });
  }

  /** Runs several statements without parameters. */
  script(sql: string): void {
    this.#onStatement(sql);
    this.#try(() => this.connection.exec(sql));
  }

  /** Begins or ends a savepoint. It is not reported, because no caller requested it. */
  savepoint(sql: string): void {
    this.#try(() => this.connection.exec(sql));
  }

  #run<T>(query: SqlQuery, run: (prepared: Prepared, values: unknown[]) => T): T {
    this.#onStatement(query.sql);
    return this.#try(() => {
      const values = query.args.map((value, i) => toSqlite(value, query.argTypes[i]));
      return run(this.#prepare(query.sql), values);
    });
  }

  #try<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw driverError(error);
    }
  }

  /** Rows are arrays with integers as bigint, so that none is rounded. */
  #prepare(sql: string): Prepared {
    let prepared = this.#prepared.get(sql);
    if (!prepared) {
      const statement = this.connection.prepare<unknown[], unknown[]>(sql).safeIntegers(true);
      const columns = statement.reader ? statement.raw(true).columns() : [];
      prepared = {
        statement,
        columnNames: columns.map((column) => column.name),
        declaredTypes: columns.map((column) => column.type),
      };
      this.#prepared.set(sql, prepared);
    }
    return prepared;
  }
}
