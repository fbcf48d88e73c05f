import path from 'node:path';
import { createCommits } from '../commits.ts';
import type { Database, DatabaseOptions } from '../database.ts';
import { createListeners } from '../listeners.ts';
import { isMigrated } from '../migrations.ts';
import { statement } from '../statement.ts';
import { transactionsOf } from '../transactions.ts';
import { sqliteAdapter } from './adapter.ts';
import { makeFolder, startErrorOf } from './database-file.ts';
import { openSqliteReader } from './reader.ts';
import { openSqliteWriter, type SqliteWriter } from './writer.ts';

/** Opens a database file; makes its folder where there is none. Throws StartError where the file cannot be had. */
export async function openSqlite(
  file: string,
  { isServedAlone = false }: Pick<DatabaseOptions, 'isServedAlone'> = {},
): Promise<Database> {
  const { listen, emit } = createListeners<string>();
  const commits = createCommits();
  try {
    makeFolder(path.dirname(file));
    // opened at the first write: a server that is only read from holds no lock and no second connection
    let writer: SqliteWriter | null = null;
    let isChanged = false;
    let changes = 0;
    let isLookedUp = false;
    const opened = () => {
      if (writer) return writer;
      // its first step may need the file for itself, and what it begins with must be what the next read sees
      reader.end();
      writer = openSqliteWriter(file, emit, commits, reader.end);
      isChanged ||= reader.isChangedElsewhere();
      return writer;
    };
    const { write, transaction, finish } = transactionsOf({
      engine: 'sqlite',
      openClient: async () => {
        const { PrismaClient } = await import('../../generated/sqlite/client.ts');
        return new PrismaClient({ adapter: sqliteAdapter(file, opened(), emit) });
      },
      transaction: (work) => opened().transaction(work),
      tries: 1,
      commits,
    });
    const reader = openSqliteReader(file, emit, isServedAlone);
    // the first look at the file: one of another kind is found out here
    reader.all(LOOK, []);
    reader.all(PING, []); // SQLite looks at the file when it is first asked
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
        // as with reads: what comes later in a turn shows in the next
        if (isLookedUp) return changes;
        // SQLite tells a connection what others changed, and our reader is another one to our writer
        if ((writer ?? reader).isChangedElsewhere() || isChanged) {
          isChanged = false;
          changes++;
          // what is read from now on must not be older than the answer to this question
          reader.end();
        }
        if (isServedAlone) {
          isLookedUp = true;
          setImmediate(() => {
            isLookedUp = false;
          });
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

const LOOK = { name: 'look', text: { sqlite: 'SELECT count(*) FROM sqlite_schema', postgres: '' } };
const PING = statement('ping', 'SELECT count(*) FROM sqlite_schema');
