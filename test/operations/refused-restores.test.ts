import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { restore } from '../../src/operations/index.ts';
import { contents, damage, emptyForum, newDatabaseFolder, type Prepare, written } from './database-folder.ts';
import { change } from './files.ts';

describe('restore refuses, with one sentence and nothing written,', () => {
  test.each<[title: string, prepare: Prepare, message: RegExp]>([
    ['no FILE', () => undefined, /^The command restore needs a FILE\.$/],
    ['a FILE that is missing', ({ folder }) => join(folder, 'none.db'), /^There is no file .*none\.db\.$/],
    ['a folder', ({ folder }) => folder, / is not a file\.$/],
    ['the database itself', ({ database }) => database, /forum\.db is the forum's database itself/],
    [
      'a file that is not a database',
      ({ backup }) => written(backup, 'a poem for a friend '.repeat(400)),
      /backup\.db is not an SQLite database\.$/,
    ],
    ['an empty file', ({ backup }) => written(backup, ''), /backup\.db is an SQLite database, but not/],
    ['a damaged file', ({ backup }) => damage(backup), /backup\.db is damaged: /],
    [
      'a truncated file',
      async ({ backup }) => written(backup, (await emptyForum()).subarray(0, 40_960)),
      /backup\.db is damaged: /,
    ],
    [
      'the database of another program',
      async ({ backup }) => {
        await change(backup, 'DROP TABLE _prisma_migrations');
        return backup;
      },
      /backup\.db is an SQLite database, but not one of Parley's\.$/,
    ],
    [
      'a backup from a newer version',
      async ({ backup }) => {
        await change(
          backup,
          `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
             VALUES ('x', 'x', '2030-01-01', '20300101000000_later', '2030-01-01', 1)`,
        );
        return backup;
      },
      /backup\.db cannot be restored: the database is newer .*20300101000000_later/,
    ],
    [
      'a backup with a migration that has another content here',
      async ({ backup }) => {
        await change(backup, "UPDATE _prisma_migrations SET checksum = 'x'");
        return backup;
      },
      /backup\.db cannot be restored: the migration .* was changed after it had been applied/,
    ],
  ])('%s', async (_title, prepare, message) => {
    const place = await newDatabaseFolder();
    const file = await prepare(place);
    const before = contents(place.folder);
    const databaseUrl = place.databaseUrl;
    await expect(restore({ databaseUrl, file, now: new Date(0) })).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(message),
    });
    expect(contents(place.folder)).toEqual(before);
  });

  test('a damaged file onto a new machine, where it leaves no folder either', async () => {
    const { folder, backup } = await newDatabaseFolder();
    await damage(backup);
    const databaseUrl = `file:${join(folder, 'data', 'forum.db')}`;
    const restored = restore({ databaseUrl, file: backup, now: new Date(0) });
    await expect(restored).rejects.toThrow(/backup\.db is damaged: /);
    expect(readdirSync(folder).sort()).toEqual(['backup.db', 'forum.db']);
  });
});
