import { expect, test } from 'vitest';
import { converted } from './dumps.ts';

const listing = (...children: object[]) => ({ kind: 'Listing', data: { children } });
const post = (more: object = {}) => ({
  kind: 't3',
  data: {
    ...{
      id: 'p1',
      title: 'A &amp; B',
      selftext: '1 &lt; 2',
      author: 'Ada',
      created_utc: 1709285400.0,
      score: 5,
    },
    ...{ subreddit: 'help', permalink: '/r/help/comments/p1/a_b/', is_self: true, edited: false, ...more },
  },
});
const comment = (id: string, more: object = {}) => ({
  kind: 't1',
  data: {
    ...{ id, body: `Text of ${id}`, author: 'Ben', created_utc: 1709285400, score: -2, link_id: 't3_p1' },
    ...{ parent_id: 't3_p1', replies: '', edited: false, ...more },
  },
});

test('a thread with its comments becomes records', async () => {
  const replies = listing(comment('c2', { edited: 1709289000 }), { kind: 'more', data: { count: 4 } });
  const thread = [listing(post()), listing(comment('c1', { replies }))];
  const { records, omitted } = await converted('reddit', { 'a.json': JSON.stringify(thread) });
  expect(records['discussion']).toEqual([
    expect.objectContaining({
      ...{
        key: 'reddit:post:p1',
        title: 'A & B',
        body: '1 < 2',
        author: 'reddit:user:ada',
        importedNetVotes: 5,
      },
      ...{ createdAt: '2024-03-01T09:30:00.000Z', category: 'reddit:subreddit:help' },
      oldUrls: ['https://www.reddit.com/r/help/comments/p1/a_b/'],
    }),
  ]);
  expect(records['comment']).toEqual([
    expect.objectContaining({ key: 'reddit:comment:c1', replyTo: null, importedNetVotes: -2 }),
    expect.objectContaining({
      ...{ key: 'reddit:comment:c2', replyTo: 'reddit:comment:c1', discussion: 'reddit:post:p1' },
      lastEditedAt: '2024-03-01T10:30:00.000Z',
    }),
  ]);
  expect(omitted).toEqual(['comments that the export does not hold']);
});

test('deleted texts and people are left out; what replies to them stays', async () => {
  const replies = listing(comment('c2', { author: '[deleted]' }));
  const thread = [
    listing(post({ selftext: '[removed]', author: '[deleted]' })),
    listing(
      comment('c1', { body: '[deleted]', author: '[deleted]', replies }),
      comment('c3', { body: '[removed]' }),
    ),
  ];
  const { records, omitted } = await converted('reddit', { 'a.json': JSON.stringify(thread) });
  expect(records['discussion']?.[0]).toMatchObject({ body: '*Removed.*', author: null });
  expect(records['comment']?.map(({ key, body }) => [key, body])).toEqual([
    ['reddit:comment:c1', ''],
    ['reddit:comment:c2', 'Text of c2'],
  ]);
  expect(records['author']).toBeUndefined();
  expect(omitted).toEqual([
    'texts of removed posts',
    'deleted or removed comments',
    'deleted or removed comments',
  ]);
});

test('a post that is a link has the address as its text; times that are none leave the post out', async () => {
  const link = post({ is_self: false, selftext: '', url: 'https://a.example/' });
  const thread = listing(link, post({ id: 'p2', created_utc: 1e300 }), { kind: 't5', data: {} });
  const { records, omitted } = await converted('reddit', { 'a.json': JSON.stringify(thread) });
  expect(records['discussion']?.map(({ body }) => body)).toEqual(['https://a.example/']);
  expect(omitted).toEqual(['posts without an id, a title or a time', 'objects that are no thread']);
});
