import { REFERENCES } from '../generated/tables.ts';
import { isLookup } from './cache-tags.ts';
import type { Change, Engine, Statement } from './database.ts';
import type { Reads, Writes } from './declarations.ts';

/** Where the two engines' SQL differ. */
export interface Dialect {
  readonly engine: Engine;
  /** A condition that takes one array parameter: the column's value is one of its members. */
  inList(column: string): string;
  /**
   * For FROM, with one array parameter: the rows of a table, as `t`, that have one of its members in this column. It
   * ends in a condition: go on with AND. On SQLite a fifth faster than `inList`, which first sorts the members.
   */
  foundBy(table: string, column: string): string;
  /** An item for FROM that takes one array parameter: a row for each member, with `value` and `ordinal` from 0. */
  eachOf(alias: string): string;
  /**
   * At the end of a SELECT inside a transaction: nobody else changes these rows until it ends. SQLite's transactions
   * have the whole file to themselves.
   */
  readonly forUpdate: string;
  /** The same for rows that may go: nobody begins to refer to them either. */
  readonly forDelete: string;
}

/**
 * An array parameter as PostgreSQL takes it. Bare, it would be planned anew at each call, because a plan for the few
 * members that came looks cheaper than one for any number of them; that costs as much as running it. It does not look
 * into a SELECT.
 */
const MEMBERS = 'ANY(ARRAY(SELECT unnest(?::text[])))';

const DIALECTS: Readonly<Record<Engine, Dialect>> = {
  sqlite: {
    engine: 'sqlite',
    inList: (column) => `${column} IN (SELECT value FROM json_each(?))`,
    foundBy: (table, column) =>
      `(SELECT key AS ordinal, value FROM json_each(?)) AS p CROSS JOIN ${table} t WHERE t.${column} = p.value`,
    forUpdate: '',
    forDelete: '',
    eachOf: (alias) => `(SELECT key AS ordinal, value FROM json_each(?)) AS ${alias}`,
  },
  postgres: {
    engine: 'postgres',
    inList: (column) => `${column} = ${MEMBERS}`,
    foundBy: (table, column) => `${table} t WHERE t.${column} = ${MEMBERS}`,
    // weaker than FOR UPDATE by as much as foreign keys need: a comment can be added while its author is held
    forUpdate: 'FOR NO KEY UPDATE',
    forDelete: 'FOR UPDATE',
    eachOf: (alias) =>
      `(SELECT (n - 1)::int AS ordinal, v AS value FROM unnest(?::text[]) WITH ORDINALITY AS u(v, n)) AS ${alias}`,
  },
};

/**
 * A read statement for both engines. `text` is SQL, or makes it from what differs; parameters are `?`. Text in quotes
 * is left as it is. Keep the answer in a constant: connections prepare a statement once. `reads`: what an answer that
 * is made of it depends on, for each table; without it no such answer is cached.
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
  const read = { name, text: written(name, text, /^\s*(SELECT|WITH)\b/i, 'is no read: use `change`') };
  return reads.length === 0 ? read : { ...read, reads };
}

/**
 * A statement that writes, the same way. An UPDATE or a DELETE also returns which rows it changed and what they refer to,
 * for cache tags; a new row's parameters say that themselves.
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
    text: written(name, of, /^\s*(INSERT|UPDATE|DELETE)\b/i, 'is no write: use `statement`'),
  };
}

function written(name: string, text: string | ((dialect: Dialect) => string), verb: RegExp, fault: string) {
  const write = (engine: Engine) => {
    const sql = typeof text === 'string' ? text : text(DIALECTS[engine]);
    if (!verb.test(sql)) throw new Error(`The statement ${name} ${fault}.`);
    return sql;
  };
  return { sqlite: unguessed(write('sqlite')), postgres: numbered(write('postgres')) };
}

/**
 * SQLite plans a statement anew for each number that a bare `LIMIT ?` is given, which costs more than running it. It
 * does not look into a sum.
 */
function unguessed(sql: string): string {
  return sql.replace(/\bLIMIT \?(?!\s*\+)/g, 'LIMIT ? + 0');
}

/** `?` as PostgreSQL's `$1`, `$2`, …, but for those inside quotes. */
function numbered(sql: string): string {
  let n = 0;
  return sql.replace(/'[^']*'|"[^"]*"|\?/g, (part) => (part === '?' ? `$${++n}` : part));
}
