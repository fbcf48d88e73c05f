// A member of a group is a savepoint, and what that would bring back is kept in memory: in a file it would be written
// page by page, and held up everybody's turn.
import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCommits } from '../../src/store/commits.ts';
import { change } from '../../src/store/index.ts';
import { openWriter } from '../../src/store/sqlite/connection.ts';
import { openSqliteWriter } from '../../src/store/sqlite/writer.ts';
import { temporaryFolder } from '../support/database.ts';

const OPEN_FILES = '/proc/self/fd';
/** Far more than SQLite keeps in memory by itself. */
const NOTES = 200;
const NOTE = 'x'.repeat(2_000);

const rewrite = change('test.rewrite', 'UPDATE note SET body = ? WHERE id >= ?', {
  table: 'note',
  sets: ['body'],
  by: ['body', null],
});

/** Names of the files that are open; SQLite removes its temporary ones from their folder as soon as they are open. */
function openFiles(): string[] {
  return readdirSync(OPEN_FILES).flatMap((fd) => {
    try {
      return [readlinkSync(`${OPEN_FILES}/${fd}`)];
    } catch {
      return []; // the one by which the folder was read
    }
  });
}
const temporary = () => openFiles().filter((name) => /\/etilqs_/.test(name));

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  const connection = openWriter(folder.file('forum.db'));
  connection.exec('CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT NOT NULL)');
  const add = connection.prepare('INSERT INTO note (body) VALUES (?)');
  for (let n = 0; n < NOTES; n++) add.run(NOTE);
  connection.close();
});
afterEach(() => folder.remove());

const open = () =>
  openSqliteWriter(folder.file('forum.db'), { onStatement: () => {}, commits: createCommits() });

describe('the SQLite writer', () => {
  test('keeps in memory what it may have to undo', async () => {
    const writer = open();
    // 2 is MEMORY
    expect(writer.connection.pragma('temp_store', { simple: true })).toBe(2);
    await writer.close(1000);
  });

  test.skipIf(!existsSync(OPEN_FILES))(
    'opens no further file for a large write, nor to undo it',
    async () => {
      const writer = open();
      let during: string[] | undefined;
      const undone = writer.transaction(async (tx) => {
        await tx.run(rewrite, [NOTE.replaceAll('x', 'y'), 0]);
        during = temporary();
        throw new Error('undo it');
      });
      await expect(undone).rejects.toThrow('undo it');
      expect(during).toEqual([]);
      const left = writer.connection.prepare('SELECT count(*) FROM note WHERE body = ?').pluck().get(NOTE);
      expect(left).toBe(NOTES);
      await writer.close(1000);
    },
  );
});
