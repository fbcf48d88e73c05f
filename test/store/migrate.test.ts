import { writeFileSync } from 'node:fs';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StartError } from '../../src/start-error.ts';
import { migrate } from '../../src/store/index.ts';
import { engines, temporaryFolder } from '../support/database.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { sha256, writeMigrations } from './migration-files.ts';

const FIRST = 'CREATE TABLE parent (id INTEGER PRIMARY KEY); INSERT INTO parent VALUES (1);';
const SECOND = 'CREATE TABLE child (id INTEGER REFERENCES parent (id));';

describe.each(engines)('migrate on %s', (engine) => {
  let folder: ReturnType<typeof temporaryFolder>;
  let url: string;
  let drop: () => Promise<void>;

  beforeEach(async () => {
    folder = temporaryFolder();
    const made = engine === 'postgres' ? await createPostgresDatabase() : null;
    url = made?.url ?? `file:${folder.file('new/forum.db')}`;
    drop = async () => {
      await made?.drop();
      folder.remove();
    };
  });
  afterEach(() => drop());

  const migrations = () => folder.file('migrations');
  const write = (files: Record<string, string>) => writeMigrations(migrations(), files);

  /** Asks the database past everything that is ours. */
  async function ask(sql: string): Promise<unknown[]> {
    if (engine === 'sqlite') {
      const file = new BetterSqlite3(url.replace('file:', ''));
      const statement = file.prepare(sql);
      const rows = statement.reader ? statement.all() : [statement.run()];
      file.close();
      return rows;
    }
    const client = new pg.Client(url);
    await client.connect();
    try {
      const { rows } = await client.query(sql);
      return rows;
    } finally {
      await client.end();
    }
  }
  const history = () =>
    ask(
      'SELECT migration_name AS name, checksum, applied_steps_count AS steps FROM _prisma_migrations ORDER BY 1',
    );

  /** The sentence with which migrate refuses. */
  async function refusal(): Promise<string> {
    const error: unknown = await migrate(url, migrations()).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StartError);
    return (error as StartError).message;
  }

  test('applies what is new in the order of the names, each once, with Prisma’s checksums', async () => {
    write({ '1_first': FIRST });
    expect(await migrate(url, migrations())).toEqual(['1_first']);
    write({ '2_second': SECOND, '3_third': 'INSERT INTO child VALUES (1);' });
    expect(await migrate(url, migrations())).toEqual(['2_second', '3_third']);
    expect(await migrate(url, migrations())).toEqual([]);
    expect(await ask('SELECT id FROM child')).toEqual([{ id: 1 }]);
    expect(await history()).toEqual([
      { name: '1_first', checksum: sha256(FIRST), steps: 1 },
      { name: '2_second', checksum: sha256(SECOND), steps: 1 },
      { name: '3_third', checksum: sha256('INSERT INTO child VALUES (1);'), steps: 1 },
    ]);
  });

  test('keeps nothing of a migration that fails, and keeps those before it', async () => {
    write({ '1_first': FIRST, '2_bad': 'CREATE TABLE half (id INTEGER); INSERT INTO missing VALUES (1);' });
    expect(await refusal()).toMatch(/^The migration 2_bad failed and was rolled back: .*missing/);
    expect((await history()).length).toBe(1);
    await expect(ask('SELECT * FROM half')).rejects.toThrow(/half/);
    write({ '2_bad': SECOND });
    expect(await migrate(url, migrations())).toEqual(['2_bad']);
  });

  test('refuses a file that was changed after it had been applied, and applies nothing', async () => {
    write({ '1_first': FIRST });
    await migrate(url, migrations());
    write({ '1_first': `${FIRST} `, '2_second': SECOND });
    expect(await refusal()).toMatch(/^The migration 1_first was changed after/);
    expect((await history()).length).toBe(1);
  });

  test('refuses a database from a newer version, and applies nothing', async () => {
    write({ '1_first': FIRST });
    await migrate(url, migrations());
    const newer = `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, started_at)
      VALUES ('x', 'y', '9_newer', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)`;
    await ask(newer);
    write({ '2_second': SECOND });
    expect(await refusal()).toMatch(/^The database is newer than this version of Parley, .* 9_newer:/);
    expect((await history()).length).toBe(2);
  });

  test('refuses to go on after an attempt that failed half-way, until it is marked as undone', async () => {
    write({ '1_first': FIRST });
    await migrate(url, migrations());
    await ask(`INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at)
      VALUES ('x', 'y', '2_second', CURRENT_TIMESTAMP)`);
    write({ '2_second': SECOND });
    expect(await refusal()).toMatch(/^The migration 2_second failed halfway/);
    await ask(
      `UPDATE _prisma_migrations SET rolled_back_at = CURRENT_TIMESTAMP WHERE migration_name = '2_second'`,
    );
    expect(await migrate(url, migrations())).toEqual(['2_second']);
  });

  test('refuses a database that holds another program’s tables, and leaves it as it is', async () => {
    if (engine === 'sqlite') url = `file:${folder.file('theirs.db')}`;
    await ask('CREATE TABLE theirs (id INTEGER)');
    write({ '1_first': FIRST });
    expect(await refusal()).toMatch(/contains tables of another program/);
    await expect(ask('SELECT * FROM parent')).rejects.toThrow(/parent/);
    await expect(history()).rejects.toThrow(/_prisma_migrations/);
  });
});

describe('migrate on sqlite', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder.remove());

  /** As Prisma writes a change of a column: its PRAGMA does nothing inside a transaction. */
  const REBUILD = `PRAGMA defer_foreign_keys=ON;
    PRAGMA foreign_keys=OFF;
    CREATE TABLE new_parent (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT 'x');
    INSERT INTO new_parent (id) SELECT id FROM parent;
    DROP TABLE parent;
    ALTER TABLE new_parent RENAME TO parent;
    PRAGMA foreign_keys=ON;
    PRAGMA defer_foreign_keys=OFF;`;
  const CASCADE = `CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES parent (id)
    ON DELETE CASCADE); INSERT INTO child VALUES (7, 1);`;

  test('keeps the rows that refer to a table which is rebuilt, ON DELETE CASCADE or not', async () => {
    const migrations = folder.file('migrations');
    const url = `file:${folder.file('forum.db')}`;
    writeMigrations(migrations, { '1_first': FIRST, '2_child': CASCADE });
    await migrate(url, migrations);
    writeMigrations(migrations, { '3_rebuild': REBUILD });
    expect(await migrate(url, migrations)).toEqual(['3_rebuild']);
    const file = new BetterSqlite3(folder.file('forum.db'), { readonly: true });
    expect(file.prepare('SELECT child.id, name FROM child JOIN parent ON parent.id = parent').all()).toEqual([
      { id: 7, name: 'x' },
    ]);
    file.close();
  });

  test('refuses a migration that would leave a row without its parent, or that ends its transaction', async () => {
    const migrations = folder.file('migrations');
    const url = `file:${folder.file('forum.db')}`;
    writeMigrations(migrations, { '1_first': FIRST, '2_child': CASCADE, '3_orphan': 'DELETE FROM parent;' });
    await expect(migrate(url, migrations)).rejects.toThrow(
      'rows of child would refer to missing rows of parent',
    );
    writeMigrations(migrations, { '3_orphan': 'CREATE TABLE early (id INTEGER); COMMIT;' });
    await expect(migrate(url, migrations)).rejects.toThrow('it ends the transaction that it runs in');
    const file = new BetterSqlite3(folder.file('forum.db'), { readonly: true });
    expect(file.prepare('SELECT count(*) FROM child').pluck().get()).toBe(1);
    file.close();
  });

  test('treats only folders as migrations, not files', async () => {
    const migrations = folder.file('migrations');
    writeMigrations(migrations, { '1_first': FIRST });
    writeFileSync(path.join(migrations, 'migration_lock.toml'), 'provider = "sqlite"\n');
    expect(await migrate(`file:${folder.file('forum.db')}`, migrations)).toEqual(['1_first']);
  });
});
