import path from 'node:path';
import { createCommits, createListeners } from '../commits.ts';
import type { Database } from '../database.ts';
import { isMigrated } from '../migrations.ts';
import { statement } from '../statement.ts';
import { transactionsOf } from '../transactions.ts';
import { makeFolder, startErrorOf } from './database-file.ts';
import { openSqliteReader } from './reader.ts';
import { openSqliteWriter, type SqliteWriter } from './writer.ts';

/** Opens a database file. Creates its folder if it is missing. Throws StartError if the file cannot be opened. */
export async function openSqlite(file: string): Promise<Database> {
  const { listen, emit } = createListeners<string>();
  const commits = createCommits();
  try {
    makeFolder(path.dirname(file));
    // opened at the first write: a server without writes needs no second connection
    let writer: SqliteWriter | null = null;
    let isChanged = false;
    let changes = 0;
    const opened = () => {
      if (writer) return writer;
      // opening the writer may need exclusive access to the file
      reader.end();
      writer = openSqliteWriter(file, emit, commits);
      isChanged ||= reader.isChangedElsewhere();
      return writer;
    };
    const { write, transaction, finish } = transactionsOf({
      engine: 'sqlite',
      openClient: async () => {
        const { PrismaClient } = await import('../../generated/sqlite/client.ts');
        const { sqliteAdapter } = await import('./adapter.ts');
        return new PrismaClient({ adapter: sqliteAdapter(file, opened().queue) });
      },
      transaction: (work) => opened().transaction(work),
      commits,
    });
    const reader = openSqliteReader(file, emit);
    reader.all(PING, []); // the first statement reads the file, and fails if it is no database
    const database: Database = {
      engine: 'sqlite',
      read: reader,
      write,
      transaction,
      ping: async () => {
        reader.all(PING, []);
      },
      migrationsApplied: () => isMigrated('sqlite', reader),
      forActor: () => database,
      onStatement: listen,
      onCommit: commits.listen,
      changesElsewhere: () => {
        // to the reader, commits of our own writer are changes by another connection
        if ((writer ?? reader).isChangedElsewhere() || isChanged) {
          isChanged = false;
          changes++;
        }
        return changes;
      },
      close: async () => {
        await finish();
        await writer?.close();
        reader.close();
      },
    };
    return database;
  } catch (error) {
    throw startErrorOf(error, file);
  }
}

const PING = statement('ping', 'SELECT count(*) FROM sqlite_schema');
