// Merged discussions of an export that lead to others, to themselves, or to comments elsewhere.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { exported, imported, linesOf, recordsIn } from './transfers.ts';

const AT = '2024-03-01T09:30:00.000Z';
const topic = (n: number, more: object = {}) => ({
  ...{
    type: 'discussion',
    key: `old:${n}`,
    title: `Topic ${n}`,
    body: `Question ${n}`,
    createdAt: AT,
    ...more,
  },
});
const merged = (n: number, into: number, comment?: string) =>
  topic(n, { body: '', merged: { at: AT, into: `old:${into}`, comment } });
const post = (n: number, topicNumber: number) => ({
  ...{ type: 'comment', key: `old:post:${n}`, discussion: `old:${topicNumber}` },
  ...{ body: `Post ${n}`, createdAt: AT },
});

describe.each(engines)('an import on %s', (engine) => {
  let target: TestDatabase;

  beforeEach(async () => {
    target = await openTestDatabase(engine);
  });

  afterEach(() => target.close());

  /** Titles of merged discussions with where they lead, and texts of comments with where they are. */
  const stored = async () => {
    const records = recordsIn(await exported(target.url));
    const titles = new Map(records.map(({ key, title }) => [key, title]));
    const bodies = new Map(records.map(({ key, body }) => [key, body]));
    return records.flatMap(({ type, title, body, discussion, merged: to }) => {
      if (type === 'comment') return [`${body} in ${titles.get(discussion)}`];
      const { into, comment } = (to ?? {}) as { into?: string; comment?: string };
      return into ? [`${title} is ${bodies.get(comment) ?? 'nothing'} in ${titles.get(into)}`] : [];
    });
  };

  test('adds the comments of a merged discussion to where it leads, also in a chain', async () => {
    const records = [
      topic(1),
      post(1, 1),
      merged(2, 1, 'old:post:1'),
      merged(3, 2, 'old:post:1'),
      post(2, 3),
    ];
    const { omitted } = await imported(target.db, linesOf(records));
    expect(omitted).toEqual({});
    expect((await stored()).sort()).toEqual([
      ...['Post 1 in Topic 1', 'Post 2 in Topic 1'],
      ...['Topic 2 is Post 1 in Topic 1', 'Topic 3 is Post 1 in Topic 1'],
    ]);
  });

  test.each([
    ['a cycle', [merged(2, 3), merged(3, 2), post(2, 2)], 2, 1],
    ['a discussion that was merged into itself', [merged(2, 2), post(2, 2)], 1, 1],
  ])('leaves out %s with its comments, again and again', async (_, records, merges, comments) => {
    for (let n = 0; n < 2; n++) {
      const { omitted } = await imported(target.db, linesOf([topic(1), ...records]));
      expect(Object.entries(omitted).map(([what, { count }]) => [what, count])).toEqual([
        ['merged discussions of an unknown discussion', merges],
        ['comments of an unknown discussion', comments],
      ]);
    }
    expect(recordsIn(await exported(target.url)).slice(1)).toHaveLength(1);
  });

  test('does not name a comment of another discussion as what a merged one has become', async () => {
    const records = [topic(1), topic(2), post(1, 2), merged(3, 1, 'old:post:1')];
    const { omitted } = await imported(target.db, linesOf(records));
    expect(Object.keys(omitted)).toEqual(['comments of merged discussions']);
    expect((await stored()).sort()).toEqual(['Post 1 in Topic 2', 'Topic 3 is nothing in Topic 1']);
  });
});
