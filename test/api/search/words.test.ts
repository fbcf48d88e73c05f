import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { indexComment } from '../../../src/forum/search/index-texts.ts';
import { statement, type Transaction } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { numbered, store } from './stored-texts.ts';

const known = statement<{ word: string }>('test.wordsKnown', 'SELECT word FROM search_word');

/** The letters from a to t at the end of a word. */
const ENDS = [...'abcdefghijklmnopqrst'];
const textsOf = (word: string) =>
  numbered([{ title: 'Words', text: 'x' }, ...ENDS.map((end) => ({ title: null, text: `${word}${end}` }))]);

describe.each(engines)('the words of a forum on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    await store(forum.db, textsOf('incomplete'));
  });
  afterAll(() => forum.close());

  const totalOf = async (query: string): Promise<number> => {
    const { data, errors } = await forum.ask(
      'query ($query: String!) { search(query: $query) { totalCount } }',
      {
        query,
      },
    );
    expect(errors).toBeUndefined();
    return data.search.totalCount;
  };
  const countOf = async (word: string) =>
    (await forum.db.read.all(known, [])).filter((row) => row.word === word).length;
  const addText = (tx: Transaction, id: string, bodyText: string) =>
    indexComment(tx, {
      id,
      authorId: null,
      createdAt: Date.UTC(2032, 0, 1),
      before: null,
      after: { bodyText },
    });

  test('complete an incomplete one with at most 24, and with fewer beside many incomplete ones', async () => {
    expect(await totalOf('incomplete*')).toBe(20);
    const others = (count: number) => [...'abcdefghij'].slice(0, count).map((end) => ` OR zz${end}*`);
    expect(await totalOf(`incomplete*${others(3).join('')}`)).toBe(20);
    // 96 for all eight
    expect(await totalOf(`incomplete*${others(7).join('')}`)).toBe(12);
  });

  test.runIf(engine === 'postgres')(
    'are added by several writers that do not wait for each other',
    async () => {
      const undone = new Error('undone');
      await expect(
        forum.db.transaction(async (first) => {
          await addText(first, 'first', 'brandnew');
          // would wait for the end of the first, which waits for it
          await forum.db.transaction((second) => addText(second, 'second', 'brandnew'));
          throw undone;
        }),
      ).rejects.toBe(undone);
      expect(await countOf('brandnew')).toBe(1);
    },
  );

  test.runIf(engine === 'postgres')('complete once, although two writers have added them', async () => {
    const words = ENDS.map((end) => `twofold${end}`);
    await forum.db.transaction(async (first) => {
      await addText(first, 'third', words.join(' '));
      await forum.db.transaction((second) => addText(second, 'fourth', words.join(' ')));
    });
    expect(await countOf('twofolda')).toBe(2);
    await store(forum.db, textsOf('twofold'));
    expect(await totalOf('twofold*')).toBe(20);
  });
});
