import type pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCommits } from '../../src/store/commits.ts';
import {
  change,
  type Database,
  type InvalidatedTags,
  OutcomeUnknown,
  statement,
} from '../../src/store/index.ts';
import { postgresTransaction } from '../../src/store/postgres/writer.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { postgresTitle, postgresUrl } from '../support/postgres.ts';
import { openLossy } from './lossy-server.ts';
import { author } from './open-client.ts';

const RENAME = change('test.rename', "UPDATE author SET name = 'x' WHERE id = ?", {
  table: 'author',
  sets: ['name'],
  by: ['id'],
});

/** Connections that break as soon as this is sent. */
const losing = (lost: string) => ({
  connect: async () => ({
    query: async (asked: unknown) => {
      if (asked === lost) throw new Error('Connection terminated unexpectedly');
      return { rowCount: 1, rows: [{ id: 'a' }] };
    },
    release: () => {},
    connection: { stream: { cork: () => {}, uncork: () => {} } },
  }),
});

test.each([
  ['COMMIT', 1],
  ['BEGIN', 0],
])('what was invalidated is announced where the server is lost at %s: %i times', async (lost, times) => {
  const announced: InvalidatedTags[] = [];
  const pool = losing(lost) as unknown as pg.Pool;
  const commits = createCommits();
  commits.listen((tags) => announced.push(tags));
  const transaction = postgresTransaction(pool, () => {}, false, commits);
  const failure: unknown = await transaction(async (tx) => tx.run(RENAME, ['a'])).catch((reason) => reason);
  expect(failure).toMatchObject({ message: expect.stringContaining('Connection terminated') });
  expect(failure instanceof OutcomeUnknown).toBe(times === 1);
  expect(announced).toHaveLength(times);
  for (const tags of announced) expect(tags !== 'ALL' && tags.has('a')).toBe(true);
});

const NAME = statement<{ name: string }>('test_lost_name', 'SELECT name FROM author');
const { id } = author(1);

describe.skipIf(postgresUrl() === null)(postgresTitle('a commit that is not answered'), () => {
  let opened: TestDatabase;
  let lossy: Awaited<ReturnType<typeof openLossy>>;
  beforeEach(async () => {
    opened = await openTestDatabase('postgres');
    await opened.db.write(async (tx) => {
      await tx.author.create({ data: author(1) });
      // makes each commit take this long on the server, even if its client has gone
      await tx.$executeRaw`CREATE FUNCTION hesitate() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN PERFORM pg_sleep(0.7); RETURN NULL; END'`;
      await tx.$executeRaw`CREATE CONSTRAINT TRIGGER hesitate AFTER UPDATE ON author
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hesitate()`;
    });
    lossy = await openLossy(opened.url);
  });
  afterEach(async () => {
    await lossy.close();
    await opened.close();
  });

  test.each<[string, (db: Database) => Promise<unknown>]>([
    ['transaction', (db) => db.transaction(async (tx) => tx.run(RENAME, [id]))],
    ['write', (db) => db.write((tx) => tx.author.updateMany({ data: { name: 'x' } }))],
  ])(
    'is announced when %s fails, and again when the server has done it: who read in between has cached what was there before',
    async (_method, rename) => {
      const found: (string | undefined)[] = [];
      lossy.db.onCommit((tags) => {
        expect(tags === 'ALL' || tags.has(id)).toBe(true);
        void Promise.resolve(opened.db.read.all(NAME, [])).then(([author]) => found.push(author?.name));
      });
      await expect(rename(lossy.db)).rejects.toThrow();
      await expect.poll(() => found).toEqual(['Author 1']);
      await expect.poll(() => found.at(-1), { timeout: 10_000 }).toBe('x');
    },
    20_000,
  );
});
