import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Param, Reader, Statement } from '../database.ts';
import { rowMaker } from '../row-shape.ts';
import { pipelined } from './pipelined.ts';

/**
 * Reads through a pool, and sends the statements of one turn of the event loop in one packet. With `keepsStatements`,
 * each statement is prepared once per connection under its own name; otherwise it is planned at each call.
 */
export function postgresReader(
  pool: pg.Pool,
  onStatement: (sql: string) => void,
  keepsStatements: boolean,
): Reader {
  const ask = pipelined(pool);
  return {
    all: async <Row>(statement: Statement<Row>, params: readonly Param[]): Promise<Row[]> => {
      onStatement(statement.text.postgres);
      return rowsOf(statement, await ask(arrayQueryOf(statement, params, keepsStatements)));
    },
  };
}

const makers = new WeakMap<Statement<unknown>, (values: unknown[]) => unknown>();

/** The rows of a result of `arrayQueryOf`. */
export function rowsOf<Row>(statement: Statement<Row>, { fields, rows }: pg.QueryResult): Row[] {
  let maker = makers.get(statement);
  if (!maker) {
    const columns = fields.map((field) => field.name);
    maker = rowMaker(statement.name, columns, statement.omitted);
    makers.set(statement, maker);
  }
  return rows.map(maker) as Row[];
}

/** A query whose rows are arrays of values. */
export function arrayQueryOf(
  statement: Statement<unknown>,
  params: readonly Param[],
  isNamed: boolean,
): pg.QueryArrayConfig {
  return { ...queryOf(statement, params, isNamed), rowMode: 'array' };
}

/**
 * A server stores prepared statements as long as the connection lives, so their number is limited. Further ones are
 * planned at each call. A forum has a few hundred.
 */
const NAMES_MAX = 1000;
const preparedNames = new Set<string>();
/** Null if it is not prepared. */
const names = new WeakMap<Statement<unknown>, string | null>();

/** A statement with its parameters for `pg`. The type parsers are only ours: Prisma has its own. */
export function queryOf(
  statement: Statement<unknown>,
  params: readonly Param[],
  isNamed: boolean,
): pg.QueryConfig {
  const query = { text: statement.text.postgres, values: params.map(sent), types: TYPES };
  if (!isNamed || statement.isVaried) return query;
  let name = names.get(statement);
  if (name === undefined) {
    name = newName(statement);
    names.set(statement, name);
  }
  return name === null ? query : { ...query, name };
}

/** timestamp(3) has no time zone. Ours are UTC, but `pg` would read them in the machine's zone. */
const milliseconds = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`);

const PARSERS = new Map<number, (text: string) => number>([
  [pg.types.builtins.INT8, Number], // COUNT and SUM: far below 2^53 here
  [pg.types.builtins.NUMERIC, Number],
  [pg.types.builtins.TIMESTAMP, milliseconds],
]);

const TYPES = { getTypeParser: (type: number) => PARSERS.get(type) ?? pg.types.getTypeParser(type) };

function newName(statement: Statement<unknown>): string | null {
  const name = preparedName(statement);
  if (preparedNames.size >= NAMES_MAX && !preparedNames.has(name)) return null;
  preparedNames.add(name);
  return name;
}

/** A server truncates names to 63 bytes, so two statements could share a longer one. */
function preparedName({ text }: Statement<unknown>): string {
  return `p${createHash('sha256').update(text.postgres).digest('hex').slice(0, 40)}`;
}

/** Times as UTC text, because `pg` would write a Date in the machine's time zone. */
function sent(param: Param): string | number | boolean | null | readonly string[] {
  return param instanceof Date ? param.toISOString() : param;
}
