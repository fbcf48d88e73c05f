import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addEntry, numberAt } from '../../../src/forum/search/entries.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';

describe.each(engines)('the numbers of indexed texts on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
  });
  afterAll(() => forum.close());

  const add = (name: string, count: number, createdAt: number) =>
    forum.db.transaction(async (tx) => {
      const numbers: number[] = [];
      for (let i = 0; i < count; i++) numbers.push(await addEntry(tx, `${name} ${i}`, createdAt));
      return numbers;
    });

  test('of one moment follow each other without gaps, in the order of writing', async () => {
    const at = Date.UTC(2030, 0, 1);
    const first = numberAt(at);
    const numbers = await add('same', 150, at);
    expect(numbers).toEqual(Array.from({ length: 150 }, (_, i) => first + i));
    // a later moment whose number is taken
    expect(await add('next', 2, at + 100)).toEqual([first + 150, first + 151]);
    expect(await add('after', 1, at + 160 * 16)).toEqual([first + 160]);
    expect(await add('before', 1, at - 16)).toEqual([first - 1]);
  });

  test('of a write that was rolled back are given to the next one', async () => {
    const at = Date.UTC(2030, 2, 1);
    const [first = 0] = await add('stored', 1, at);
    const failed = forum.db.transaction(async (tx) => {
      await addEntry(tx, 'refused', at);
      throw new Error('refused');
    });
    await expect(failed).rejects.toThrow('refused');
    expect(await add('later', 2, at)).toEqual([first + 1, first + 2]);
  });

  test('stay when a text is added again', async () => {
    const at = Date.UTC(2030, 5, 1);
    const [n] = await add('again', 1, at);
    await add('other', 3, at);
    expect(await add('again', 1, at)).toEqual([n]);
  });
});
