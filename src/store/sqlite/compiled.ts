import type BetterSqlite3 from 'better-sqlite3';
import type { KnownRow } from '../cache-tags.ts';
import type { Param, Statement } from '../database.ts';
import { rowMaker } from '../row-shape.ts';

interface Compiled {
  readonly prepared: BetterSqlite3.Statement;
  readonly toRow: (values: unknown[]) => unknown;
}

/** The prepared statements of a connection, each compiled on first use. */
export class CompiledStatements {
  readonly #connection: BetterSqlite3.Database;
  readonly #onStatement: (sql: string) => void;
  readonly #known = new WeakMap<Statement<unknown>, Compiled>();

  constructor(connection: BetterSqlite3.Database, onStatement: (sql: string) => void) {
    this.#connection = connection;
    this.#onStatement = onStatement;
  }

  /** The rows of a SELECT or of a RETURNING clause. */
  all<Row>(statement: Statement<Row>, params: readonly Param[]): Row[] {
    const { prepared, toRow } = this.#compiled(statement);
    this.#onStatement(statement.text.sqlite);
    return (prepared.all(params.map(stored)) as unknown[][]).map(toRow) as Row[];
  }

  /** The number of changed rows, and the rows of a RETURNING clause. */
  run(statement: Statement<unknown>, params: readonly Param[]): { count: number; rows: KnownRow[] } {
    const { prepared } = this.#compiled(statement);
    if (prepared.reader) {
      const rows = this.all(statement, params) as KnownRow[];
      return { count: rows.length, rows };
    }
    this.#onStatement(statement.text.sqlite);
    return { count: prepared.run(params.map(stored)).changes, rows: [] };
  }

  #compiled(statement: Statement<unknown>): Compiled {
    let known = this.#known.get(statement);
    if (!known) {
      known = compile(statement, this.#connection.prepare(statement.text.sqlite));
      this.#known.set(statement, known);
    }
    return known;
  }
}

function compile({ name, omitted }: Statement<unknown>, prepared: BetterSqlite3.Statement): Compiled {
  if (!prepared.reader) return { prepared, toRow: noRow };
  const columns = prepared.columns().map((column) => column.name);
  const toRow = rowMaker(name, columns, omitted);
  return { prepared: prepared.raw(), toRow };
}

function noRow(): never {
  throw new Error('This statement returns no rows.');
}

/** A parameter as SQLite stores it. */
function stored(param: Param): string | number | null {
  if (typeof param === 'boolean') return Number(param);
  if (param instanceof Date) return param.getTime();
  return typeof param === 'object' && param !== null ? JSON.stringify(param) : param;
}
