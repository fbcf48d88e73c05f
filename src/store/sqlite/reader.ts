import type { Param, Reader, Statement } from '../database.ts';
import { CompiledStatements } from './compiled.ts';
import { openReader, watch } from './connection.ts';

export interface SqliteReader extends Reader {
  all<Row>(statement: Statement<Row>, params: readonly Param[]): Row[];
  /** Ends the open read transaction, so that the next read sees the latest commit. */
  end(): void;
  /** Whether another connection has committed since the last call. */
  isChangedElsewhere(): boolean;
  close(): void;
}

/**
 * Reads on a connection of its own that cannot write. In WAL mode a statement sees what was committed when it began, and
 * never an open transaction. Statements run synchronously on the event loop, so they must be short, as an index makes
 * them.
 */
export function openSqliteReader(
  file: string,
  onStatement: (sql: string) => void,
  isMapped: boolean,
): SqliteReader {
  const connection = openReader(file, isMapped);
  const statements = new CompiledStatements(connection, onStatement);
  const [begin, commit] = [connection.prepare('BEGIN'), connection.prepare('COMMIT')];
  const rollback = connection.prepare('ROLLBACK');
  let isTogether = false;
  const end = () => {
    if (!connection.inTransaction) return; // nothing was read
    try {
      commit.run();
    } catch {
      // after a damaged page COMMIT fails as well; the read has reported it
      try {
        if (connection.inTransaction) rollback.run();
      } catch {
        // the next read reports it
      }
    }
  };
  return {
    all: (statement, params) => {
      // SQLite's own flag, because a disk error may have ended the transaction
      if (isTogether && !connection.inTransaction) begin.run();
      return statements.all(statement, params);
    },
    together: (work) => {
      if (isTogether) return work();
      isTogether = true;
      try {
        work();
      } finally {
        isTogether = false;
        end();
      }
    },
    end,
    isChangedElsewhere: watch(connection),
    close: () => {
      connection.close();
    },
  };
}
