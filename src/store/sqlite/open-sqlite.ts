import { statSync } from 'node:fs';
import path from 'node:path';
import { createCommits, createListeners } from '../commits.ts';
import type { Database, DatabaseOptions } from '../database.ts';
import { isMigrated } from '../migrations.ts';
import { statement } from '../statement.ts';
import { CLOSE_MS_MAX, transactionsOf } from '../transactions.ts';
import { checkPermissions, checkSpace, identityCheck, makeFolder, startErrorOf } from './database-file.ts';
import { openSqliteReader } from './reader.ts';
import { openSqliteWriter, type SqliteWriter } from './writer.ts';

/** Opens a database file. Creates its folder if it is missing. Throws StartError if the file cannot be opened. */
export async function openSqlite(
  file: string,
  { requestMsMax }: Pick<DatabaseOptions, 'requestMsMax'> = {},
): Promise<Database> {
  const { listen, emit } = createListeners<string>();
  const commits = createCommits();
  try {
    makeFolder(path.dirname(file));
    checkPermissions(file);
    // opened at the first write: a server without writes needs no second connection
    let writer: SqliteWriter | null = null;
    let isChanged = false;
    let changes = 0;
    let isChecked = false;
    const opened = () => {
      if (writer) return writer;
      // opening the writer may need exclusive access to the file
      reader.end();
      // the rest is for the work itself
      const busyMsMax = requestMsMax === undefined ? undefined : (requestMsMax * 2) / 3;
      writer = openSqliteWriter(file, { onStatement: emit, commits, busyMsMax, checkIdentity });
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
      transaction: (work, options) => opened().transaction(work, options),
      commits,
    });
    // a command reads every page once, and should not grow to the size of the file
    const reader = openSqliteReader(file, emit, requestMsMax !== undefined);
    reader.all(PING, []); // the first statement reads the file, and fails if it is no database
    const checkIdentity = identityCheck(file);
    checkIdentity();
    const database: Database = {
      engine: 'sqlite',
      read: reader,
      write,
      transaction,
      ping: async () => {
        reader.all(PING, []);
        checkIdentity();
        checkSpace(file);
      },
      migrationsApplied: async () => isMigrated('sqlite', reader),
      forActor: () => database,
      onStatement: listen,
      onCommit: commits.listen,
      changesElsewhere: () => {
        // once a turn: asking SQLite takes as long as reading a row
        if (isChecked) return changes;
        isChecked = true;
        setImmediate(() => {
          isChecked = false;
        });
        // to the reader, commits of our own writer are changes by another connection
        if ((writer ?? reader).isChangedElsewhere() || isChanged) {
          isChanged = false;
          changes++;
        }
        return changes;
      },
      load: () => ({
        waitingWrites: writer?.queue.waiting ?? 0,
        waitingReads: 0,
        connections: writer ? 2 : 1,
        logBytes: statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0,
      }),
      close: async (withinMs = CLOSE_MS_MAX) => {
        const until = performance.now() + withinMs;
        await finish(withinMs);
        await writer?.close(Math.max(0, until - performance.now()));
        reader.close();
      },
    };
    return database;
  } catch (error) {
    throw startErrorOf(error, file);
  }
}

const PING = statement('ping', 'SELECT count(*) FROM sqlite_schema');
