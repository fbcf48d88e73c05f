import type BetterSqlite3 from 'better-sqlite3';

/** Prepared statements that a connection keeps. Prisma makes one text for each length of an IN list: hence a bound. */
const PREPARED_MAX = 500;

export interface Prepared {
  readonly statement: BetterSqlite3.Statement<unknown[], unknown[]>;
  /** Names and declared types of the columns; empty for a statement that answers no rows. */
  readonly columnNames: string[];
  readonly declaredTypes: readonly (string | null)[];
}

/**
 * Prepared statements of one connection by their text; the one used longest ago goes first. Rows come as arrays, with
 * integers as bigint, so that none is rounded. SQLite itself prepares a statement again after the tables have changed.
 */
export class StatementCache {
  readonly #connection: BetterSqlite3.Database;
  readonly #prepared = new Map<string, Prepared>();

  constructor(connection: BetterSqlite3.Database) {
    this.#connection = connection;
  }

  get(sql: string): Prepared {
    const known = this.#prepared.get(sql);
    if (known) this.#prepared.delete(sql);
    const prepared = known ?? this.#prepare(sql);
    this.#prepared.set(sql, prepared);
    if (this.#prepared.size > PREPARED_MAX) {
      for (const oldest of this.#prepared.keys()) {
        this.#prepared.delete(oldest);
        break;
      }
    }
    return prepared;
  }

  #prepare(sql: string): Prepared {
    const statement = this.#connection.prepare<unknown[], unknown[]>(sql).safeIntegers(true);
    if (!statement.reader) return { statement, columnNames: [], declaredTypes: [] };
    const columns = statement.raw(true).columns();
    return {
      statement,
      columnNames: columns.map((column) => column.name),
      declaredTypes: columns.map((column) => column.type),
    };
  }
}
