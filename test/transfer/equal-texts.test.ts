// Many comments with one text, and times of which one form says the day alone.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import type { CommentDraft } from '../support/documents.ts';
import { imported, linesOf, loadDocument, storedIn } from './transfers.ts';

const AT = '2024-03-01T09:30:00.000Z';
const URL_OF_THREAD = 'https://old.example/t/which-one/3';
const topic = {
  ...{ type: 'discussion', key: 'old:3', title: 'Which one?', body: 'Which of the two?', createdAt: AT },
  oldUrls: [URL_OF_THREAD],
};
const post = (n: number, createdAt: string, author?: string) => ({
  ...{ type: 'comment', key: `old:post:${n}`, discussion: 'old:3', body: '+1', createdAt, author },
});

describe.each(engines)('on %s', (engine) => {
  let target: TestDatabase;
  beforeEach(async () => {
    target = await openTestDatabase(engine);
  });
  afterEach(() => target.close());

  const load = (comments: readonly CommentDraft[]) => {
    const draft = { title: 'Which one?', body: 'Which of the two?', postedAt: AT, comments };
    return loadDocument(target.db, { ...draft, more: [`URL: ${URL_OF_THREAD}`] });
  };
  const { bodies } = storedIn(() => target.url);

  test('more than fifty equal texts are found by their times, in whatever order', async () => {
    const all = Array.from({ length: 60 }, (_, i) => new Date(Date.parse(AT) + i * 60_000).toISOString());
    await load(all.map((postedAt) => ({ body: '+1', postedAt })));
    await imported(target.db, linesOf([topic, ...all.map((at, n) => post(n, at)).reverse()]));
    expect(await bodies()).toHaveLength(60);
  });

  test.each([
    ['of the document', '2024-03-01', AT],
    ['of the export', AT, '2024-03-01T00:00:00Z'],
  ])('the day %s is a time on that day, if the authors do not differ', async (_, postedAt, createdAt) => {
    await load([{ body: '+1', postedAt, more: ['Author name: Ada'] }]);
    const people = ['Ada', 'Ben'].map((name) => ({ type: 'author', key: `old:${name}`, name }));
    await imported(target.db, linesOf([...people, topic, post(1, createdAt, 'old:Ada')]));
    expect(await bodies()).toHaveLength(1);
    await imported(target.db, linesOf([...people, topic, post(2, createdAt, 'old:Ben')]));
    await imported(target.db, linesOf([...people, topic, post(3, '2024-03-02T09:30:00Z')]));
    expect(await bodies()).toHaveLength(3);
  });
});
