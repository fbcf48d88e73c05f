import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Copies, makeCopies } from '../../bench/copies.ts';
import { differenceOf, withoutNews } from '../../bench/equality.ts';
import { type MovedForum, moveToServer, postgresServer, redisServer } from '../../bench/postgres-server.ts';
import { isWrite, MEMBER_PAGE, type Operation, operations } from '../../bench/queries.ts';
import { countOurStatements } from '../../bench/statements.ts';
import { chooseTargets } from '../../bench/targets.ts';
import { askToCount } from '../../bench/workload.ts';
import { packageRoot } from '../../src/package-root.ts';
import { openDatabase } from '../../src/store/index.ts';
import { postgresTitle, postgresUrl } from '../support/postgres.ts';
import { type Answering, serverOn } from './answering.ts';
import { generateTiny, makeFolder } from './tiny.ts';

describe('the server to measure', () => {
  test('is the one of BENCH_POSTGRES_URL, and nothing is measured without it', () => {
    const url = 'postgresql://postgres@127.0.0.1:5432/postgres';
    expect(postgresServer({ BENCH_POSTGRES_URL: url })).toBe(url);
    for (const wrong of [undefined, '', 'file:forum.db', 'postgresql://'])
      expect(() => postgresServer({ BENCH_POSTGRES_URL: wrong })).toThrow('set BENCH_POSTGRES_URL');
  });
});

describe('the Redis to measure with', () => {
  test('is the one of BENCH_REDIS_URL, and members are not measured without it', () => {
    expect(redisServer({ BENCH_REDIS_URL: 'redis://127.0.0.1:6379/9' })).toBe('redis://127.0.0.1:6379/9');
    for (const wrong of [undefined, '', 'http://127.0.0.1', 'redis://'])
      expect(() => redisServer({ BENCH_REDIS_URL: wrong })).toThrow('set BENCH_REDIS_URL');
  });
});

test('what members are measured with asks for what it is to them, of a discussion and of its comments', () => {
  const schema = buildSchema(readFileSync(path.join(packageRoot, 'schema.graphql'), 'utf8'));
  expect(validate(schema, parse(MEMBER_PAGE))).toEqual([]);
  expect(MEMBER_PAGE.match(/viewerVote viewerCan/g)).toHaveLength(2);
});

describe.skipIf(postgresUrl() === null)(postgresTitle('the forum that is measured on PostgreSQL'), () => {
  const folder = makeFolder();
  let copies: Copies;
  let moved: MovedForum;
  let both: Answering[];
  beforeAll(async () => {
    await generateTiny(folder.file('forum'), 1);
    copies = await makeCopies(folder.file('forum'));
    moved = await moveToServer(copies.file, postgresUrl() ?? '');
    both = [await serverOn(`file:${copies.another()}`), await serverOn(moved.url)];
  });
  afterAll(async () => {
    await Promise.all(both.map((one) => one.close()));
    copies.remove();
    folder.remove();
  });

  test.each(Object.keys(operations) as Operation[])(
    'answers %s byte for byte as on SQLite',
    async (operation) => {
      const asks = chooseTargets(copies.file, copies.tokens).workload[operation].slice(0, 20);
      for (const ask of asks) {
        const [sqlite = '', postgres = ''] = await Promise.all(both.map((one) => one.answer(operation, ask)));
        const compared = (text: string) => (isWrite(operation) ? withoutNews(text) : text);
        expect(differenceOf(compared(postgres), compared(sqlite))).toBeNull();
      }
    },
  );

  test('says how it is set, what it uses and how many statements it is asked', async () => {
    expect(moved.settings).toMatch(/^PostgreSQL \d+(\.\d+)? \(fsync \w+, synchronous_commit \w+, /);
    const used = await moved.cpuSeconds();
    if (used !== null) expect(used).toBeGreaterThan(0);
    const ask = askToCount('listPage', chooseTargets(copies.file, copies.tokens));
    expect(await countOurStatements(moved.url, 'listPage', ask)).toBe(5);
  });

  test('is gone at the end', async () => {
    await moved.remove();
    await expect(openDatabase(moved.url)).rejects.toThrow('does not exist');
  });
});
