// Comments of thread documents that were moved here before an export that has them comes.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '../support/database.ts';
import { type Forum, openForum } from '../support/forum.ts';
import { done, imported, linesOf, loadDocument, storedIn } from './transfers.ts';

const AT = '2024-03-01T09:30:00.000Z';
const urlOf = (n: number) => `https://old.example/t/${n}`;
const BODIES = ['First', 'Second', 'Third'];
const records = [
  {
    type: 'discussion',
    key: 'old:1',
    title: 'Topic 1',
    body: 'Question 1',
    createdAt: AT,
    oldUrls: [urlOf(1)],
  },
  ...BODIES.map((body, n) => ({
    ...{ type: 'comment', key: `old:post:${n}`, discussion: 'old:1', body, createdAt: AT },
  })),
];

describe.each(engines)('on %s', (engine) => {
  let forum: Forum;
  beforeEach(async () => {
    forum = await openForum(engine, 'empty');
    for (const n of [1, 2, 3]) {
      const comments = n === 1 ? BODIES.map((body) => ({ body, postedAt: AT })) : [];
      const draft = { title: `Topic ${n}`, body: `Question ${n}`, postedAt: AT, comments };
      await loadDocument(forum.db, { ...draft, more: [`URL: ${urlOf(n)}`] });
    }
  });
  afterEach(() => forum.close());

  const { stored, bodies, idOf } = storedIn(() => forum.databaseUrl);
  const merge = async (from: number, into: number) => {
    const [sourceId, destinationId] = [
      await idOf('Discussion', `Topic ${from}`),
      await idOf('Discussion', `Topic ${into}`),
    ];
    await done(forum.as('mod'), 'mergeDiscussions', { sourceId, destinationId }, 'comment { id }');
  };
  const split = async (...texts: string[]) => {
    const commentIds = await Promise.all(texts.map((text) => idOf('Comment', text)));
    await done(forum.as('mod'), 'splitDiscussion', { commentIds, title: 'Split' }, 'discussion { id }');
  };

  test('they are known after two merges', async () => {
    await merge(1, 2);
    await merge(2, 3);
    await imported(forum.db, linesOf(records));
    expect(await bodies()).toEqual(['First', 'Question 1', 'Question 2', 'Second', 'Third']);
  });

  test('they are known in a discussion that was split off, also after a merge', async () => {
    await merge(1, 2);
    await split('Question 1', 'Second');
    await imported(forum.db, linesOf(records));
    expect(await bodies()).toEqual(BODIES);
  });

  test('an import key that says that a comment was moved is that of one comment', async () => {
    await split('First', 'Second');
    const [made] = (await stored('discussion')).filter(({ title }) => title === 'Split');
    const [moved] = (await stored('comment')).filter(({ body }) => body === 'Second');
    expect(moved?.['importKey']).toMatch(/^moved\./);
    const { importKey } = moved ?? {};
    const posts = ['Fourth', 'Fifth'].map((body, n) => ({
      ...{ type: 'comment', key: `new:${n}`, discussion: made?.['key'], importKey, body, createdAt: AT },
    }));
    await imported(forum.db, linesOf([...(made ? [made] : []), ...posts]));
    expect(await bodies()).toEqual(['Fifth', 'Second', 'Third']);
  });
});
