import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { backUp } from '../../src/operations/index.ts';
import {
  contents,
  damage,
  folderAt,
  hardLink,
  moved,
  newDatabaseFolder,
  type Prepare,
  softLink,
  withoutRights,
  written,
} from './database-folder.ts';
import { change } from './files.ts';

describe('backup refuses, with one sentence and nothing written,', () => {
  test.each<[title: string, prepare: Prepare, message: RegExp]>([
    ['no FILE', () => undefined, /^The command backup needs a FILE\.$/],
    [
      'a FILE that exists',
      ({ backup }) => backup,
      /backup\.db already exists: add --force to overwrite it\.$/,
    ],
    ['a folder', ({ folder }) => folderAt(join(folder, 'sub')), /sub is a folder/],
    ['the database itself', ({ database }) => database, /forum\.db is the forum's database itself/],
    [
      'the database by another name',
      ({ folder, database }) => hardLink(database, join(folder, 'same.db')),
      /same\.db is the forum's database itself/,
    ],
    [
      'the database through a link',
      ({ folder, database }) => softLink(database, join(folder, 'link.db')),
      /link\.db is the forum's database itself/,
    ],
    [
      "the database's WAL",
      ({ database }) => `${database}-wal`,
      /forum\.db-wal belongs to the forum's database/,
    ],
    [
      'a FILE that stands open',
      ({ folder }) => written(join(folder, 'new.db-wal'), 'x').slice(0, -'-wal'.length),
      /new\.db is open in a program, or was not closed cleanly \(new\.db-wal is next to it\)/,
    ],
    [
      'a folder that is missing',
      ({ folder }) => join(folder, 'no', 'b.db'),
      /^The backup failed: the folder .*no does not exist\.$/,
    ],
    [
      'a folder that is a file',
      ({ backup }) => join(backup, 'b.db'),
      /^The backup failed: .*backup\.db is not a folder\.$/,
    ],
    [
      'when there is no database yet',
      ({ folder, database }) => moved(database, join(folder, 'other.db')).replace('other', 'new'),
      /^There is no database yet at .*forum\.db: the first start of the server creates it\.$/,
    ],
    [
      'a database that is damaged',
      async ({ database }) => (await damage(database)).replace('forum.db', 'new.db'),
      /forum\.db is damaged: /,
    ],
    [
      'a database with rows that point nowhere',
      async ({ folder, database }) => {
        await change(database, "PRAGMA foreign_keys = OFF; INSERT INTO discussion_tag VALUES ('d', 't')");
        return join(folder, 'new.db');
      },
      /forum\.db is damaged: 2 of its rows point to missing rows, the first from discussion_tag/,
    ],
    [
      'the database of another program',
      async ({ folder, database }) => {
        await change(database, 'PRAGMA foreign_keys = OFF; DROP TABLE comment');
        return join(folder, 'new.db');
      },
      /forum\.db is an SQLite database, but not one of Parley's\.$/,
    ],
  ])('%s', async (_title, prepare, message) => {
    const place = await newDatabaseFolder();
    const file = await prepare(place);
    const before = contents(place.folder);
    await expect(backUp({ databaseUrl: place.databaseUrl, file })).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(message),
    });
    expect(contents(place.folder)).toEqual(before);
  });

  test('a folder in which this user may not write', async () => {
    const place = await newDatabaseFolder();
    const closed = join(place.folder, 'closed');
    folderAt(closed);
    chmodSync(closed, 0o555);
    chmodSync(place.folder, 0o777);
    onTestFinished(() => chmodSync(closed, 0o755));
    const backup = () => backUp({ databaseUrl: place.databaseUrl, file: join(closed, 'b.db') });
    await expect(withoutRights(backup)).rejects.toMatchObject({
      name: 'StartError',
      message: `The backup failed: this user cannot write to the folder ${closed}.`,
    });
    expect(readdirSync(closed)).toEqual([]);
  });

  test('a database that this user may not read', async () => {
    const place = await newDatabaseFolder();
    chmodSync(place.folder, 0o777);
    chmodSync(place.database, 0);
    const backup = () => backUp({ databaseUrl: place.databaseUrl, file: join(place.folder, 'b.db') });
    await expect(withoutRights(backup)).rejects.toMatchObject({
      name: 'StartError',
      message: `This user cannot read ${place.database}.`,
    });
    expect(readdirSync(place.folder).sort()).toEqual(['backup.db', 'forum.db']);
  });
});
