import type { Param, Reader, Statement } from '../database.ts';
import { CompiledStatements } from './compiled.ts';
import { openReader, watch } from './connection.ts';

export interface SqliteReader extends Reader {
  all<Row>(statement: Statement<Row>, params: readonly Param[]): Row[];
  /** The next read sees what has been committed by then. */
  end(): void;
  /** Whether another connection has committed since this was last asked. */
  isChangedElsewhere(): boolean;
  close(): void;
}

/**
 * Reads on a connection of its own, which cannot write. In WAL it sees what was committed when a statement began, and
 * never a transaction that is open. Statements are compiled once and answer at once, on the event loop: they must be
 * short, as an index makes them.
 *
 * `sharesTurns`: all that is read in one turn of the event loop is of one state, until `end` is called. To look whether
 * there is another one costs as much as to find a row, and requests that have come together need not do it one by one.
 */
export function openSqliteReader(
  file: string,
  onStatement: (sql: string) => void,
  sharesTurns = false,
): SqliteReader {
  const connection = openReader(file);
  const statements = new CompiledStatements(connection, onStatement);
  const [begin, commit] = [connection.prepare('BEGIN'), connection.prepare('COMMIT')];
  const rollback = connection.prepare('ROLLBACK');
  let isTogether = false;
  let isDue = false;
  const end = () => {
    // what has read nothing has begun nothing
    if (!connection.inTransaction) return;
    try {
      commit.run();
    } catch {
      // after a page that is no page COMMIT says so again, to nobody who could answer it: whoever read has been told
      try {
        if (connection.inTransaction) rollback.run();
      } catch {
        // nor to anybody for this: the next read finds out
      }
    }
  };
  const endWithTurn = () => {
    if (isDue) return;
    isDue = true;
    setImmediate(() => {
      isDue = false;
      if (connection.open) end();
    });
  };
  return {
    all: (statement, params) => {
      // SQLite itself is asked: an error on the disk may have ended what was begun
      if ((isTogether || sharesTurns) && !connection.inTransaction) {
        begin.run();
        if (sharesTurns) endWithTurn();
      }
      return statements.all(statement, params);
    },
    together: (work) => {
      if (isTogether) return work();
      isTogether = true;
      let isDone = false;
      try {
        work();
        isDone = true;
      } finally {
        isTogether = false;
        // what has failed leaves nothing to the others of its turn
        if (!isDone || !sharesTurns) end();
      }
    },
    end,
    isChangedElsewhere: watch(connection),
    close: () => {
      connection.close();
    },
  };
}
