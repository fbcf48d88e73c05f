import type { Snapshot } from '../database.ts';
import { CompiledStatements } from './compiled.ts';
import { openReader } from './connection.ts';
import { startErrorOf } from './database-file.ts';

/** Reads one state of a file on a connection of its own, while others write. The log grows until it is closed. */
export function openSqliteSnapshot(file: string): Snapshot {
  try {
    const connection = openReader(file, false);
    const statements = new CompiledStatements(connection, () => {});
    connection.exec('BEGIN');
    connection.prepare('SELECT count(*) FROM sqlite_schema').get(); // the state is that of the first read
    return {
      all: async (statement, params) => statements.all(statement, params),
      close: async () => {
        connection.close();
      },
    };
  } catch (error) {
    throw startErrorOf(error, file);
  }
}
