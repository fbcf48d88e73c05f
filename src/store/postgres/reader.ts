import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Param, Reader, Statement } from '../database.ts';
import { rowMaker } from '../row-shape.ts';
import { askingTogether } from './together.ts';

/**
 * Reads through the pool, in one packet what is asked in the same turn. `keepsStatements`: each statement is prepared
 * once a connection under a name of its own; otherwise it is planned each time.
 */
export function postgresReader(
  pool: pg.Pool,
  onStatement: (sql: string) => void,
  keepsStatements: boolean,
): Reader {
  const ask = askingTogether(pool);
  return {
    all: async <Row>(statement: Statement<Row>, params: readonly Param[]): Promise<Row[]> => {
      onStatement(statement.text.postgres);
      return rowsOf(statement, await ask(arrayQueryOf(statement, params, keepsStatements)));
    },
  };
}

const makers = new WeakMap<Statement<unknown>, (values: unknown[]) => unknown>();

/** The rows of an answer to `arrayQueryOf`. */
export function rowsOf<Row>(statement: Statement<Row>, { fields, rows }: pg.QueryResult): Row[] {
  let maker = makers.get(statement);
  if (!maker) {
    const columns = fields.map((field) => field.name);
    maker = rowMaker(statement.name, columns, statement.omitted);
    makers.set(statement, maker);
  }
  return rows.map(maker) as Row[];
}

/** A statement whose rows come as arrays of values. */
export function arrayQueryOf(
  statement: Statement<unknown>,
  params: readonly Param[],
  isNamed: boolean,
): pg.QueryArrayConfig {
  return { ...queryOf(statement, params, isNamed), rowMode: 'array' };
}

/**
 * A server keeps what has a name as long as the connection lives, so no more get one: what goes beyond is planned each
 * time. A forum's own statements are a few hundred.
 */
const NAMES_MAX = 1000;
const given = new Set<string>();
/** Null: it has none. */
const names = new WeakMap<Statement<unknown>, string | null>();

/** A statement with its parameters as `pg` takes it. The parsers are ours alone: Prisma has its own. */
export function queryOf(
  statement: Statement<unknown>,
  params: readonly Param[],
  isNamed: boolean,
): pg.QueryConfig {
  const query = { text: statement.text.postgres, values: params.map(sent), types: TYPES };
  if (!isNamed) return query;
  let name = names.get(statement);
  if (name === undefined) {
    name = newName(statement);
    names.set(statement, name);
  }
  return name === null ? query : { ...query, name };
}

/** timestamp(3) has no time zone: ours are UTC, and `pg` would read them in the machine's. */
const milliseconds = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`);

const PARSERS = new Map<number, (text: string) => number>([
  [pg.types.builtins.INT8, Number], // COUNT and SUM: far below 2^53 here
  [pg.types.builtins.NUMERIC, Number],
  [pg.types.builtins.TIMESTAMP, milliseconds],
]);

const TYPES = { getTypeParser: (type: number) => PARSERS.get(type) ?? pg.types.getTypeParser(type) };

function newName(statement: Statement<unknown>): string | null {
  const name = preparedName(statement);
  if (given.size >= NAMES_MAX && !given.has(name)) return null;
  given.add(name);
  return name;
}

/** A server keeps 63 bytes of a name: what our names have beyond that would be lost, and two statements could be one. */
function preparedName({ text }: Statement<unknown>): string {
  return `p${createHash('sha256').update(text.postgres).digest('hex').slice(0, 40)}`;
}

/** Times as UTC text, because `pg` would write a Date in the machine's time zone. */
function sent(param: Param): string | number | boolean | null | readonly string[] {
  return param instanceof Date ? param.toISOString() : param;
}
