import { REFERENCES } from '../generated/tables.ts';
import { isLookup } from './cache-tags.ts';
import type { Change, Engine, Statement } from './database.ts';
import type { Reads, Writes } from './declarations.ts';

/** The differences between the two engines' SQL. */
export interface Dialect {
  readonly engine: Engine;
  /** A condition with one array parameter: the column equals one of its members. */
  inList(column: string): string;
  /**
   * A FROM item with one array parameter: the rows of a table, as `t`, whose column equals one of its members. It ends
   * in a condition, so continue with AND. On SQLite it is a fifth faster than `inList`, which sorts the members first.
   */
  foundBy(table: string, column: string): string;
  /** A FROM item with one array parameter: a row for each member, with `value` and `ordinal` from 0. */
  eachOf(alias: string): string;
  /**
   * Ends a SELECT that locks its rows until the transaction ends. Empty on SQLite, where a transaction has the whole
   * file.
   */
  readonly forUpdate: string;
  /** The same, but leaves out rows that another transaction has locked. */
  readonly forUpdateOfFree: string;
  /** The same for rows that may be deleted: no new reference to them can be added either. */
  readonly forDelete: string;
}

/**
 * An array parameter on PostgreSQL. A bare one would be planned at each call, which costs as much as running it,
 * because a plan for the actual members looks cheaper than a generic one. The planner does not look into the SELECT.
 */
const MEMBERS = 'ANY(ARRAY(SELECT unnest(?::text[])))';

const DIALECTS: Readonly<Record<Engine, Dialect>> = {
  sqlite: {
    engine: 'sqlite',
    inList: (column) => `${column} IN (SELECT value FROM json_each(?))`,
    foundBy: (table, column) =>
      `(SELECT key AS ordinal, value FROM json_each(?)) AS p CROSS JOIN ${table} t WHERE t.${column} = p.value`,
    forUpdate: '',
    forUpdateOfFree: '',
    forDelete: '',
    eachOf: (alias) => `(SELECT key AS ordinal, value FROM json_each(?)) AS ${alias}`,
  },
  postgres: {
    engine: 'postgres',
    inList: (column) => `${column} = ${MEMBERS}`,
    foundBy: (table, column) => `${table} t WHERE t.${column} = ${MEMBERS}`,
    // weaker than FOR UPDATE, so that a comment can be added while its author is locked
    forUpdate: 'FOR NO KEY UPDATE',
    forUpdateOfFree: 'FOR NO KEY UPDATE SKIP LOCKED',
    forDelete: 'FOR UPDATE',
    eachOf: (alias) =>
      `(SELECT (n - 1)::int AS ordinal, v AS value FROM unnest(?::text[]) WITH ORDINALITY AS u(v, n)) AS ${alias}`,
  },
};

/**
 * A read statement for both engines. `text` is SQL with `?` for parameters, or a function of the dialect; quoted text
 * is not changed. Store the result in a constant, because connections prepare a statement once. `reads` declares what
 * it depends on, for each table. Without it, answers are not cached.
 */
export function statement<Row>(
  name: string,
  text: string | ((dialect: Dialect) => string),
  ...reads: readonly Reads[]
): Statement<Row> {
  for (const { table, by = [] } of reads)
    for (const column of by)
      if (column !== null && column !== 'id' && !isLookup(table, column))
        throw new Error(
          `The statement ${name} cannot be cached by ${table}.${column}, which is in no index.`,
        );
  const read = { name, text: written(name, text, /^\s*(SELECT|WITH)\b/i, 'does not read: use `change`') };
  return reads.length === 0 ? read : { ...read, reads };
}

/**
 * A statement that writes. An UPDATE or DELETE also returns the ids and references of the changed rows, for cache tags.
 * Those of an INSERT are in its parameters.
 */
export function change<Row = never>(
  name: string,
  text: string | ((dialect: Dialect) => string),
  writes: Writes,
): Change<Row> {
  const columns = REFERENCES[writes.table] ?? [];
  const complete = (sql: string) =>
    columns.length === 0 || /^\s*INSERT|\bRETURNING\b/i.test(sql)
      ? sql
      : `${sql} RETURNING ${columns.join(', ')}`;
  const of = (d: Dialect) => complete(typeof text === 'string' ? text : text(d));
  return {
    name,
    writes,
    text: written(name, of, /^\s*(INSERT|UPDATE|DELETE)\b/i, 'does not write: use `statement`'),
  };
}

/**
 * The end of the range of all texts that begin with `prefix`: `>= prefix AND < endOfPrefix(prefix)`, by their
 * bytes. No character follows U+10FFFF.
 */
export function endOfPrefix(prefix: string): string {
  return `${prefix}\u{10FFFF}`;
}

function written(name: string, text: string | ((dialect: Dialect) => string), verb: RegExp, fault: string) {
  const write = (engine: Engine) => {
    const sql = typeof text === 'string' ? text : text(DIALECTS[engine]);
    if (!verb.test(sql)) throw new Error(`The statement ${name} ${fault}.`);
    return sql;
  };
  return { sqlite: withOpaqueLimit(write('sqlite')), postgres: numbered(write('postgres')) };
}

/**
 * SQLite plans a statement again for each value of a bare `LIMIT ?`, which costs more than running it. It does not look
 * into a sum.
 */
function withOpaqueLimit(sql: string): string {
  return sql.replace(/\bLIMIT \?(?!\s*\+)/g, 'LIMIT ? + 0');
}

/** Replaces each `?` outside quotes by PostgreSQL's `$1`, `$2`, …. */
function numbered(sql: string): string {
  let n = 0;
  return sql.replace(/'[^']*'|"[^"]*"|\?/g, (part) => (part === '?' ? `$${++n}` : part));
}
