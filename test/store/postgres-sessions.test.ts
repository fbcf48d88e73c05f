import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { examine } from '../../src/operations/doctor/index.ts';
import { type Database, insertRow, migrate, openDatabase, statement } from '../../src/store/index.ts';
import { openNotifications } from '../../src/store/postgres/notifications.ts';
import { hasPgBouncer, startPgBouncer } from '../support/pgbouncer.ts';
import { createPostgresDatabase, onServer, postgresTitle, postgresUrl } from '../support/postgres.ts';

const AUTHORS = statement<{ name: string; createdAt: number }>(
  'test.sessions',
  'SELECT name, created_at AS "createdAt" FROM author ORDER BY id',
);
const VALUES = statement<Record<string, unknown>>(
  'test.values',
  `SELECT 0.30000000000000004::float8 AS "sum", 'a\\b' AS "path", timestamp '2026-03-04 05:06:07.089' AS "at"`,
);
const ISOLATION = statement<Record<string, unknown>>(
  'test.isolation',
  `SELECT current_setting('transaction_isolation') AS "level"`,
);
const id = (n: number) => String(n).padStart(26, '0');
const AT = new Date('2026-03-04T05:06:07.089Z');
const NAMES: readonly [string, string] = ['Zoë "怎样" \\ 🐘', 'Павел'];

/** Defaults under which other programs' texts mean something else. */
const STRANGE = [
  `"DateStyle" = 'German, DMY'`,
  `"TimeZone" = 'Asia/Kolkata'`,
  `client_encoding = 'LATIN1'`,
  'standard_conforming_strings = off',
  `"IntervalStyle" = 'iso_8601'`,
  `bytea_output = 'escape'`,
];
/** PgBouncer lets no client change these. */
const STRANGER = ['extra_float_digits = -15', `default_transaction_isolation = 'serializable'`];

/** Writes one author by a statement and one by Prisma, and reads both in both ways. */
async function writtenAndRead(db: Database): Promise<void> {
  await db.transaction((tx) =>
    insertRow(tx, 'author', { id: id(1), name: NAMES[0], role: 'MEMBER', createdAt: AT }),
  );
  await db.write((tx) =>
    tx.author.create({ data: { id: id(2), name: NAMES[1], role: 'MEMBER', createdAt: AT } }),
  );
  expect(await db.read.all(AUTHORS, [])).toEqual(NAMES.map((name) => ({ name, createdAt: AT.getTime() })));
  const prismas = await db.write((tx) => tx.author.findMany({ orderBy: { id: 'asc' } }));
  expect(prismas).toMatchObject(NAMES.map((name) => ({ name, createdAt: AT })));
  expect(await db.read.all(VALUES, [])).toEqual([
    { sum: 0.30000000000000004, path: 'a\\b', at: AT.getTime() },
  ]);
  expect(await db.transaction(async (tx) => tx.all(ISOLATION, []))).toEqual([{ level: 'read committed' }]);
}

describe.skipIf(postgresUrl() === null)(postgresTitle('a database with other defaults works alike'), () => {
  let made: Awaited<ReturnType<typeof createPostgresDatabase>>;
  const alter = (settings: readonly string[]) =>
    onServer(...settings.map((setting) => `ALTER DATABASE ${made.name} SET ${setting}`));
  beforeAll(async () => {
    made = await createPostgresDatabase();
    await alter(STRANGE);
  });
  afterAll(() => made.drop());

  test('directly, with a replica in its place too', async () => {
    await alter(STRANGER);
    await migrate(made.url);
    const db = await openDatabase(made.url);
    await writtenAndRead(db);
    await db.close();
    // a server that is no replica is not read from, but takes the same address
    const read = await openDatabase(made.url, { replicaUrls: [made.url] });
    expect((await read.forActor(null)) && (await read.read.all(AUTHORS, []))).toHaveLength(2);
    await read.close();
    await onServer(...STRANGER.map((one) => `ALTER DATABASE ${made.name} RESET ${one.split(' ')[0]}`));
  });

  test.skipIf(!hasPgBouncer)(
    'through PgBouncer, which is refused where it cannot set what is needed',
    async () => {
      const other = await createPostgresDatabase();
      await onServer(...STRANGE.map((setting) => `ALTER DATABASE ${other.name} SET ${setting}`));
      const bouncer = await startPgBouncer(other.name);
      await migrate(bouncer.url);
      const db = await openDatabase(bouncer.url);
      await writtenAndRead(db);
      await db.close();
      bouncer.stop();
      for (const setting of STRANGER) {
        await onServer(`ALTER DATABASE ${other.name} SET ${setting}`);
        const again = await startPgBouncer(other.name);
        for (const open of [migrate, openDatabase])
          await expect(open(again.url)).rejects.toThrow(/needs extra_float_digits = 1 and .*ALTER ROLE/);
        again.stop();
        await onServer(`ALTER DATABASE ${other.name} RESET ${setting.split(' ')[0]}`);
      }
      await other.drop();
    },
  );

  test('but not one that cannot store every text', async () => {
    for (const encoding of ['LATIN1', 'SQL_ASCII']) {
      const name = `parley_test_${encoding.toLowerCase()}_${process.pid}`;
      await onServer(
        `CREATE DATABASE ${name} ENCODING '${encoding}' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`,
      );
      const url = made.url.replace(made.name, name);
      for (const open of [migrate, openDatabase])
        await expect(open(url)).rejects.toThrow(
          new RegExp(`^The PostgreSQL database ${name} on .* has the encoding ${encoding}: create one with`),
        );
      await onServer(`DROP DATABASE ${name}`);
    }
  });
});

describe.skipIf(postgresUrl() === null)(postgresTitle('?schema='), () => {
  let made: Awaited<ReturnType<typeof createPostgresDatabase>>;
  const urlOf = (schema: string) => `${made.url}?schema=${encodeURIComponent(schema)}`;
  const SCHEMAS = ['one', 'Zwei ß-x'];
  beforeAll(async () => {
    made = await createPostgresDatabase();
  });
  afterAll(() => made.drop());

  test('is where a forum is migrated, written and read, beside another in the same database', async () => {
    const applied = await Promise.all(SCHEMAS.flatMap((name) => [1, 2].map(() => migrate(urlOf(name)))));
    expect(applied.some((names) => names.length > 0)).toBe(true);
    for (const [n, name] of SCHEMAS.entries()) {
      const db = await openDatabase(urlOf(name), { replicaUrls: [made.url] });
      expect(await db.read.all(AUTHORS, [])).toEqual([]);
      expect(await db.migrationsApplied()).toBe(true);
      await writtenAndRead(db);
      if (n === 0)
        await db.transaction((tx) =>
          insertRow(tx, 'author', { id: id(3), name: 'third', role: 'MEMBER', createdAt: AT }),
        );
      // the keys of the names, which these rows lack
      expect(await examine(db, { fix: true, rendering: false })).toMatchObject({ findings: 3 - n });
      expect(await examine(db, { fix: false, rendering: false })).toMatchObject({ findings: 0 });
      await db.close();
    }
    const client = new pg.Client(made.url);
    await client.connect();
    const { rows } = await client.query(
      `SELECT schemaname, count(*)::int AS tables FROM pg_tables
        WHERE schemaname NOT IN ('pg_catalog', 'information_schema') GROUP BY 1 ORDER BY 1`,
    );
    await client.end();
    expect(rows.map(({ schemaname }) => schemaname)).toEqual(['Zwei ß-x', 'one']);
    expect(new Set(rows.map(({ tables }) => tables)).size).toBe(1);
    const db = await openDatabase(urlOf('one'));
    expect(await db.read.all(AUTHORS, [])).toHaveLength(3);
    await db.close();
  });

  test('has a channel of its own for invalidations', async () => {
    const received: string[] = [];
    const listening = await Promise.all(
      [...SCHEMAS, 'public'].map(async (name) => {
        let isOpen = () => {};
        const opened = new Promise<void>((resolve) => {
          isOpen = resolve;
        });
        const transport = openNotifications(urlOf(name), {
          onMessage: (text) => received.push(`${name}: ${text}`),
          onInterrupted: isOpen,
        });
        await opened;
        return transport;
      }),
    );
    for (const transport of listening) await transport.send('x');
    await expect.poll(() => received).toHaveLength(3);
    expect(received.sort()).toEqual(['Zwei ß-x: x', 'one: x', 'public: x']);
    for (const transport of listening) await transport.close();
  });

  test('is refused in one sentence where it cannot be honoured', async () => {
    for (const query of ['schema=', 'schema=a%22b', 'schema=a&schema=b', `schema=${'s'.repeat(64)}`])
      await expect(migrate(`${made.url}?${query}`)).rejects.toThrow(/^DATABASE_URL must name one schema/);
    await expect(migrate(`${made.url}?schema=one&pgbouncer=true`)).rejects.toThrow(
      /cannot have \?schema= with \?pgbouncer=true/,
    );
    await expect(openDatabase(urlOf('one'), { replicaUrls: [`${made.url}?schema=other`] })).rejects.toThrow(
      /^DATABASE_REPLICA_URLS must have the \?schema= of DATABASE_URL/,
    );
  });
});
