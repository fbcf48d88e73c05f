// Comments of thread documents that were made questions of discussions here before an export that has them comes.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '../support/database.ts';
import type { DiscussionDraft } from '../support/documents.ts';
import { type Forum, openForum } from '../support/forum.ts';
import {
  changesOf,
  done,
  exported,
  imported,
  linesOf,
  loadDocument,
  recordsIn,
  storedIn,
} from './transfers.ts';

const AT = '2024-03-01T09:30:00.000Z';
const DAY = '2024-03-02T00:00:00.000Z';
const URL_OF_THREAD = 'https://old.example/t/1';
const LONG = 'A question of its own, so long that nobody writes it twice by chance.';

const draft: DiscussionDraft = {
  title: 'Topic',
  body: 'Question',
  postedAt: AT,
  more: [`URL: ${URL_OF_THREAD}`],
  comments: [
    { body: LONG, postedAt: AT },
    { body: 'An answer to it', postedAt: AT, more: ['Reply to: Comment 1'] },
    { body: 'Roughly', postedAt: '2 months' },
    { body: 'That day', postedAt: DAY, more: ['Author name: Ada'] },
  ],
};
const other = { ...draft, title: 'Other topic', more: ['URL: https://old.example/t/2'], comments: [] };
const person = (name: string) => ({ type: 'author', key: `old:${name}`, name });
const topic = {
  ...{ type: 'discussion', key: 'old:1', title: 'Topic', body: 'Question', createdAt: AT },
  oldUrls: [URL_OF_THREAD],
};
const post = (n: number, body: string, createdAt: string, more: object = {}) => ({
  ...{ type: 'comment', key: `old:post:${n}`, discussion: 'old:1', body, createdAt, ...more },
});
const records = [
  ...[person('Ada'), person('Ben'), topic],
  post(1, LONG, AT),
  post(2, 'An answer to it', AT, { replyTo: 'old:post:1' }),
  post(3, 'Roughly', '2026-09-20T09:30:00.000Z'),
  post(4, 'That day', '2024-03-02T08:00:00.000Z', { author: 'old:Ada' }),
];
const BODIES = [LONG, 'An answer to it', 'Roughly', 'That day'];

describe.each(engines)('on %s', (engine) => {
  let forum: Forum;
  beforeEach(async () => {
    forum = await openForum(engine, 'empty');
  });
  afterEach(() => forum.close());

  const load = (document: DiscussionDraft) => loadDocument(forum.db, document);
  const { stored, bodies, idOf } = storedIn(() => forum.databaseUrl);
  const splitOff = async (text: string) => {
    const split = { commentIds: [await idOf('Comment', text)], title: 'Split' };
    await done(forum.as('mod'), 'splitDiscussion', split, 'discussion { id }');
  };
  const merge = async (from: string, into: string) => {
    const sides = {
      sourceId: await idOf('Discussion', from),
      destinationId: await idOf('Discussion', into),
    };
    await done(forum.as('mod'), 'mergeDiscussions', sides, 'comment { id }');
  };

  test.each([LONG, 'Roughly', 'That day'])('"%s" is not added again', async (text) => {
    await load(draft);
    await splitOff(text);
    await imported(forum.db, linesOf(records));
    expect(await bodies()).toEqual(BODIES.filter((body) => body !== text));
    expect(changesOf(await imported(forum.db, linesOf(records)))).toBe(0);
    expect((await load(draft)).status).toBe('unchanged');
    expect(await stored('discussion')).toHaveLength(2);
  });

  test('it is known by its import key, whatever became of its text', async () => {
    await load(draft);
    const [{ importKey } = {}] = (await stored('comment')).filter(({ body }) => body === LONG);
    await splitOff(LONG);
    const edit = { discussionId: await idOf('Discussion', 'Split'), body: 'Edited here' };
    await done(forum.as('mod'), 'updateDiscussion', edit, 'discussion { id }');
    await imported(forum.db, linesOf([topic, post(1, 'Corrected there', DAY, { importKey })]));
    expect(await bodies()).toEqual(BODIES.filter((body) => body !== LONG));
  });

  test('a discussion that an import has brought with its key does not stop the split', async () => {
    await load(draft);
    const [first] = (await stored('comment')).filter(({ body }) => body === LONG);
    const importKey = `moved.${first?.['discussion']}.${first?.['importKey']}`;
    await imported(forum.db, linesOf([{ ...topic, title: 'Taken', oldUrls: [], importKey }]));
    await splitOff(LONG);
    expect((await stored('discussion')).map(({ title }) => title).sort()).toEqual([
      'Split',
      'Taken',
      'Topic',
    ]);
  });

  test('it is known where its discussion was split off a merged one, and merged since', async () => {
    await load(draft);
    await load(other);
    await merge('Topic', 'Other topic');
    await splitOff(LONG);
    await merge('Split', 'Other topic');
    await imported(forum.db, linesOf([...records, post(5, 'New', AT, { replyTo: 'old:post:1' })]));
    expect(await bodies()).toEqual([...BODIES, 'New', 'Question'].sort());
    const [again] = (await stored('comment')).filter(({ body }) => body === LONG);
    const [reply] = (await stored('comment')).filter(({ body }) => body === 'New');
    expect(reply?.['replyTo']).toBe(again?.['key']);
  });

  test('equal texts at another time or by another author are other comments', async () => {
    await load(draft);
    await splitOff('That day');
    const others = [
      post(5, 'That day', '2024-03-02T08:00:00.000Z', { author: 'old:Ben' }),
      post(6, 'That day', '2024-03-03T08:00:00.000Z', { author: 'old:Ada' }),
    ];
    await imported(forum.db, linesOf([...records, ...others]));
    expect(await bodies()).toEqual([...BODIES, 'That day']);
  });

  test('it is known in another forum, to which this one was exported', async () => {
    await load(draft);
    await splitOff(LONG);
    const target = await openForum(engine === 'sqlite' ? 'postgres' : 'sqlite', 'empty');
    try {
      await imported(target.db, await exported(forum.databaseUrl));
      await imported(target.db, linesOf(records));
      const comments = recordsIn(await exported(target.databaseUrl)).filter(({ type }) => type === 'comment');
      expect(comments.map(({ body }) => body).sort()).toEqual(BODIES.filter((body) => body !== LONG));
    } finally {
      await target.close();
    }
  });

  test.each([
    ['split off', () => splitOff(LONG)],
    ['merged', () => merge('Topic', 'Other topic')],
  ])('a document is known by a comment of an export that was %s', async (_, change) => {
    await load(other);
    await imported(forum.db, linesOf([{ ...topic, oldUrls: [] }, post(1, LONG, AT)]));
    await change();
    const before = await exported(forum.databaseUrl);
    expect((await load({ ...draft, more: [] })).status).toBe('unchanged');
    expect(await exported(forum.databaseUrl)).toBe(before);
  });
});
