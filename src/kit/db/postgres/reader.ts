import pg from 'pg';
import type { Param, Reader, Statement } from '../database.ts';

/**
 * Reads through the pool, each statement prepared once a connection under its own name. The parsers are this reader's
 * alone: Prisma, on the same pool, has its own.
 */
export function postgresReader(pool: pg.Pool, onStatement: (sql: string) => void): Reader {
  return {
    all: async <Row>(statement: Statement<Row>, params: readonly Param[]): Promise<Row[]> => {
      onStatement(statement.text.postgres);
      const { rows } = await pool.query({
        name: statement.name,
        text: statement.text.postgres,
        values: params.map(sent),
        types: { getTypeParser: (type) => PARSERS.get(type) ?? pg.types.getTypeParser(type) },
      });
      return rows;
    },
  };
}

/** timestamp(3) has no time zone: ours are UTC, and `pg` would read them in the machine's. */
const milliseconds = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`);

const PARSERS = new Map<number, (text: string) => number>([
  [pg.types.builtins.INT8, Number], // COUNT and SUM: far below 2^53 here
  [pg.types.builtins.NUMERIC, Number],
  [pg.types.builtins.TIMESTAMP, milliseconds],
]);

/** Times as UTC text, because `pg` would write a Date in the machine's time zone. */
function sent(param: Param): string | number | boolean | null | readonly string[] {
  return param instanceof Date ? param.toISOString() : param;
}
