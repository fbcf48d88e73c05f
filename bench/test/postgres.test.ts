import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comparable, differenceOf } from '../equality.ts';
import { type MovedForum, moveToServer, postgresServer } from '../postgres.ts';
import { OPERATIONS } from '../queries.ts';
import { openDatabase } from '../server-sources.ts';
import { askToCount, countOurStatements } from '../statements.ts';
import { type Copies, makeCopies } from '../targets.ts';
import { type Answering, serverOn } from './answering.ts';
import { postgresTitle, postgresUrl } from './sources.ts';
import { generateTiny, makeFolder } from './tiny.ts';

describe('the server to measure', () => {
  test('is the one of BENCH_POSTGRES_URL, and nothing is measured without it', () => {
    const url = 'postgresql://postgres@127.0.0.1:5432/postgres';
    expect(postgresServer({ BENCH_POSTGRES_URL: url })).toBe(url);
    for (const wrong of [undefined, '', 'file:forum.db', 'postgresql://'])
      expect(() => postgresServer({ BENCH_POSTGRES_URL: wrong })).toThrow('set BENCH_POSTGRES_URL');
  });
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

  test.each(OPERATIONS)('answers %s byte for byte as on SQLite', async (operation) => {
    const asks = copies.targets.workload[operation].slice(0, 20);
    for (const ask of asks) {
      const [sqlite = '', postgres = ''] = await Promise.all(both.map((one) => one.answer(operation, ask)));
      const compared = (text: string) => comparable(operation, text);
      expect(differenceOf(compared(postgres), compared(sqlite))).toBeNull();
    }
  });

  test('says how it is set, what it uses and how many statements it is asked', async () => {
    expect(moved.settings).toMatch(/^PostgreSQL \d+(\.\d+)? \(fsync \w+, synchronous_commit \w+, /);
    const used = await moved.cpuSeconds();
    if (used !== null) expect(used).toBeGreaterThan(0);
    const ask = askToCount('listPage', copies.targets);
    expect(await countOurStatements(moved.url, 'listPage', ask)).toBe(5);
  });

  test('is gone at the end', async () => {
    await moved.remove();
    await expect(openDatabase(moved.url)).rejects.toThrow('does not exist');
  });
});
