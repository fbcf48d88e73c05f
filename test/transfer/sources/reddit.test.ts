import { expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { openForum } from '../../support/forum.ts';
import { changesOf } from '../transfers.ts';
import { converted, importedDump } from './dumps.ts';

const SECONDS = 1_600_000_000.5;
const listing = (...children: object[]) => ({ kind: 'Listing', data: { children } });
const comment = (id: string, body: string, replies: unknown = '', more: object = {}) => ({
  kind: 't1',
  data: { ...{ id, body, author: 'ada', created_utc: SECONDS, edited: false, score: 3, replies }, ...more },
});
const post = {
  ...{
    id: 'abc',
    title: 'Tea &amp; milk',
    selftext: 'First &lt;milk&gt;?',
    author: '[deleted]',
    subreddit: 'tea',
  },
  ...{
    created_utc: SECONDS,
    edited: 1_600_000_100,
    score: 12,
    link_flair_text: 'Q &amp; A',
    permalink: '/r/tea/comments/abc/tea_milk/',
  },
};
const thread = [
  listing({ kind: 't3', data: post }),
  listing(
    comment('c1', '[deleted]', listing(comment('c2', 'Milk &amp; then tea')), { author: '[deleted]' }),
    comment('c3', '[removed]'),
    comment('c4', 'No time', '', { created_utc: null }),
    { kind: 'more', data: { count: 2, children: ['x', 'y'] } },
  ),
];
const removed = [
  listing({ kind: 't3', data: { ...post, id: 'gone', selftext: '[removed]' } }),
  listing(comment('c9', 'Below')),
];
const text = `${JSON.stringify(thread)}\n${JSON.stringify(removed)}`;

test('threads of Reddit become discussions; deleted texts and those behind "more" are named', async () => {
  const { records, omitted } = await converted('reddit', { 'threads.json': text });
  expect(records['discussion']).toMatchObject([
    {
      ...{
        key: 'reddit:post:abc',
        title: 'Tea & milk',
        body: 'First <milk>?',
        author: null,
        importedNetVotes: 12,
      },
      ...{
        createdAt: '2020-09-13T12:26:40.500Z',
        lastEditedAt: '2020-09-13T12:28:20.000Z',
        tags: ['reddit:flair:Q & A'],
      },
      oldUrls: ['https://www.reddit.com/r/tea/comments/abc/tea_milk/*', 'https://redd.it/abc'],
    },
  ]);
  expect(records['comment']?.map(({ key, replyTo, body, author }) => [key, replyTo, body, author])).toEqual([
    ['reddit:comment:c1', null, '', null],
    ['reddit:comment:c2', 'reddit:comment:c1', 'Milk & then tea', 'reddit:user:ada'],
  ]);
  expect(omitted.sort()).toEqual([
    'comments on deleted or removed posts',
    'comments without an id or a valid time',
    'deleted or removed comments',
    'deleted or removed comments',
    'deleted or removed posts',
    'links to more comments',
  ]);
});

test.each([
  '[deleted]',
  '[removed by moderator]',
  '[ Removed by Reddit ]',
  '[ Removed by Reddit on account of violating the [content policy](/help/contentpolicy). ]',
])('%s is no text', async (body) => {
  const gone = [listing({ kind: 't3', data: { ...post, id: 'gone', selftext: body } }), listing()];
  const untitled = [
    listing({ kind: 't3', data: { ...post, id: 'link', selftext: '', title: body } }),
    listing(),
  ];
  const kept = [thread[0], listing(comment('c1', body, listing(comment('c2', '[removed] is what it says'))))];
  const { records } = await converted('reddit', { 'threads.json': JSON.stringify([gone, untitled, kept]) });
  expect(records['discussion']?.map(({ key }) => key)).toEqual(['reddit:post:abc']);
  expect(records['comment']?.map((one) => one['body'])).toEqual(['', '[removed] is what it says']);
});

test.each(engines)('it is imported on %s once, however deep', async (engine) => {
  const forum = await openForum(engine, 'empty');
  try {
    let deep: object = comment('d0', 'Deepest');
    for (let i = 1; i < 40; i++) deep = comment(`d${i}`, `Level ${i}`, listing(deep));
    const files = { 'threads.json': JSON.stringify([thread[0], listing(deep)]) };
    await importedDump(forum.db, 'reddit', files);
    const { data } = await forum.ask(`{ discussion(url: "https://redd.it/abc") { title commentCount } }`);
    expect(data.discussion).toEqual({ title: 'Tea & milk', commentCount: 40 });
    expect(changesOf(await importedDump(forum.db, 'reddit', files))).toBe(0);
  } finally {
    await forum.close();
  }
});
