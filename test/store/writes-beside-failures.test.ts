import { afterEach, describe, expect, test } from 'vitest';
import { randomOf } from '../../bench/generate/random.ts';
import { insertNew, insertRow, statement } from '../../src/store/index.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

let opened: TestDatabase;
afterEach(() => opened.close()); // where it was not reached

const slugs = statement<{ slug: string }>('test.slugs', 'SELECT slug FROM tag ORDER BY slug');
const WAYS = [
  'FULFILLED',
  'STORED',
  'STORED',
  'REFUSED_EARLY',
  'REFUSED_LATE',
  'LONG',
  'LONG_REFUSED',
] as const;
const HISTORIES = 40;
const WRITES = 40;

const tag = (id: string) => ({ id: id.padStart(26, '0'), slug: id, name: id });

/** Writes one tag, or fails on the way; answers how often its work was run. */
async function writeTag(id: string, way: (typeof WAYS)[number]): Promise<number> {
  const { db } = opened;
  let runs = 0;
  if (way === 'LONG' || way === 'LONG_REFUSED') {
    await db.write(async (tx) => {
      runs++;
      await tx.tag.create({ data: tag(id) });
      if (way === 'LONG_REFUSED') throw new Error('refused');
    });
    return runs;
  }
  await db.transaction(async (tx) => {
    runs++;
    await tx.all(slugs, []);
    if (way === 'REFUSED_EARLY') throw new Error('refused');
    await insertRow(tx, 'tag', tag(id));
    if (way === 'REFUSED_LATE') throw new Error('refused');
  });
  return runs;
}

describe('on SQLite, writes that come together with some that fail', () => {
  test('are stored as they were acknowledged, and run once', async () => {
    const random = randomOf(1, 'writes that fail');
    const runs: number[] = [];
    for (let history = 0; history < HISTORIES; history++) {
      opened = await openTestDatabase('sqlite');
      const acknowledged: string[] = [];
      await Promise.all(
        Array.from({ length: WRITES }, async (_, i) => {
          const way = random.pick(WAYS);
          const outcome = await writeTag(`tag-${i}`, way).catch((error: Error) => error.message);
          expect(outcome === 'refused').toBe(way.includes('REFUSED'));
          if (outcome === 'refused') return;
          acknowledged.push(`tag-${i}`);
          runs.push(Number(outcome));
        }),
      );
      const stored = (await opened.db.read.all(slugs, [])).map(({ slug }) => slug);
      expect(stored).toEqual(acknowledged.toSorted());
      await opened.close();
    }
    expect(Math.max(...runs)).toBe(1);
  });

  test('are refused only for what is stored: of many who want one thing, one gets it', async () => {
    opened = await openTestDatabase('sqlite');
    const wanting = Array.from({ length: WRITES }, (_, i) =>
      opened.db.transaction(async (tx) => {
        await insertRow(tx, 'tag', tag(`own-${i}`));
        if (!(await insertNew(tx, 'tag', tag('wanted')))) throw new Error('refused');
      }),
    );
    const outcomes = await Promise.allSettled(wanting);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const stored = (await opened.db.read.all(slugs, [])).map(({ slug }) => slug);
    expect(stored).toEqual([`own-${outcomes.findIndex(({ status }) => status === 'fulfilled')}`, 'wanted']);
  });
});
