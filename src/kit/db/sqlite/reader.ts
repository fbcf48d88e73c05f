import type BetterSqlite3 from 'better-sqlite3';
import type { Param, Reader, Statement } from '../database.ts';
import { openReader } from './connection.ts';

export interface SqliteReader extends Reader {
  all<Row>(statement: Statement<Row>, params: readonly Param[]): Row[];
  close(): void;
}

/**
 * Reads on a connection of its own, which cannot write. In WAL it sees what was committed when a statement began, and
 * never a transaction that is open. Statements are compiled once and answer at once, on the event loop: they must be
 * short, as an index makes them.
 */
export function openSqliteReader(file: string, onStatement: (sql: string) => void): SqliteReader {
  const connection = openReader(file);
  const compiled = new WeakMap<Statement<unknown>, BetterSqlite3.Statement>();
  return {
    all: <Row>(statement: Statement<Row>, params: readonly Param[]): Row[] => {
      let prepared = compiled.get(statement);
      if (!prepared) {
        prepared = connection.prepare(statement.text.sqlite);
        compiled.set(statement, prepared);
      }
      onStatement(statement.text.sqlite);
      return prepared.all(...params.map(stored)) as Row[];
    },
    close: () => {
      connection.close();
    },
  };
}

/** A parameter as SQLite stores its like. */
function stored(param: Param): string | number | null {
  if (typeof param === 'boolean') return Number(param);
  if (param instanceof Date) return param.getTime();
  return typeof param === 'object' && param !== null ? JSON.stringify(param) : param;
}
