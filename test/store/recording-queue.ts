import BetterSqlite3 from 'better-sqlite3';
import { openWriter } from '../../src/store/sqlite/connection.ts';
import { GroupCommit } from '../../src/store/sqlite/group-commit.ts';
import { temporaryFolder } from '../support/database.ts';

/** A new file with the table `note(id, parent)`, the queue in front of it, and what the queue says to SQLite. */
export function openQueue() {
  const folder = temporaryFolder();
  const file = folder.file('notes.db');
  const connection = openWriter(file);
  connection.exec('CREATE TABLE note (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES note (id)) STRICT');
  const log: string[] = [];
  const queue = new GroupCommit({
    prepare: (sql) => {
      const prepared = connection.prepare(sql);
      return {
        run: () => {
          log.push(sql);
          return prepared.run();
        },
      };
    },
    get inTransaction() {
      return connection.inTransaction;
    },
  });
  const reader = new BetterSqlite3(file, { readonly: true });
  const ids = reader.prepare('SELECT id FROM note ORDER BY id').pluck();
  return {
    file,
    connection,
    queue,
    log,
    /** The notes that another connection sees. */
    stored: () => ids.all() as number[],
    /** Writes a note in its turn and answers when it is acknowledged; `extra` runs after it in the same member. */
    write: async (id: number, extra: string | null = null): Promise<void> => {
      const member = await queue.enter();
      try {
        member.run(() => connection.exec(`INSERT INTO note (id) VALUES (${id})`));
        if (extra !== null) member.run(() => connection.exec(extra));
      } catch (error) {
        await member.rollback();
        throw error;
      }
      await member.commit();
    },
    close: () => {
      reader.close();
      connection.close();
      folder.remove();
    },
  };
}
