// What was deleted or hidden in another forum is not published here, and the report says how much it was, why, and where.
import { describe, expect, test } from 'vitest';
import { engines, openTestDatabase } from '../../support/database.ts';
import { exported } from '../transfers.ts';
import { importedDump } from './dumps.ts';

const AT = '2024-03-01T09:30:00.000Z';
const json = (...values: object[]) => values.map((value) => JSON.stringify(value)).join('\n');

const post = (number: number, topic: number, more: object = {}) => ({
  ...{ id: 10 * topic + number, post_number: number, topic_id: topic, post_type: 1, username: 'ada' },
  ...{ created_at: AT, raw: `Secret ${number}`, ...more },
});
const topic = (id: number, posts: object[], more: object = {}) => ({
  ...{ id, title: 'A topic', slug: 'a-topic', archetype: 'regular', created_at: AT, ...more },
  post_stream: { posts },
});
const deleted = { deleted_at: AT };
const discourseJson = json(
  topic(3, [
    ...[post(1, 3, { raw: 'Open' }), post(2, 3, deleted)],
    ...[post(3, 3, { user_deleted: true }), post(4, 3, { hidden: true })],
  ]),
  topic(4, [post(1, 4), post(2, 4)], deleted),
  { post_stream: { posts: [post(3, 4)] } },
);

const table = (name: string, columns: string, ...rows: (string | number)[][]) =>
  `COPY public.${name} (${columns}) FROM stdin;\n${rows.map((row) => `${row.join('\t')}\n`).join('')}\\.\n`;
const T = '2024-03-01 09:30:00';
const discourseBackup = [
  table(
    'posts',
    'id, user_id, topic_id, post_number, raw, created_at, deleted_at, user_deleted, hidden',
    ...[
      [11, 5, 3, 1, 'Open', T, '\\N', 'f', 'f'],
      [12, 5, 3, 2, 'Secret', T, T, 'f', 'f'],
      [13, 5, 3, 3, 'Secret', T, '\\N', 't', 'f'],
      [14, 5, 3, 4, 'Secret', T, '\\N', 'f', 't'],
      ...[1, 2, 3].map((number) => [14 + number, 5, 4, number, 'Secret', T, '\\N', 'f', 'f']),
    ],
  ),
  table(
    'topics',
    'id, title, archetype, created_at, deleted_at',
    ...[
      [3, 'Open', 'regular', T, '\\N'],
      [4, 'Secret', 'regular', T, T],
    ],
  ),
  table('users', 'id, username, name, created_at', [5, 'ada', 'Ada', T]),
].join('');
const ofDiscourse = {
  ...{ 'deleted posts': 2, 'hidden posts': 1 },
  ...{ 'deleted topics': 1, 'posts of deleted topics': 3 },
};

const rows = (root: string, ...all: object[]) =>
  `<?xml version="1.0" encoding="utf-8"?>\n<${root}>\n${all
    .map((row) => {
      const attributes = Object.entries({ CreationDate: AT, ...row }).map(
        ([name, value]) => `${name}="${value}"`,
      );
      return `<row ${attributes.join(' ')} />\n`;
    })
    .join('')}</${root}>`;
const gone = { Body: 'Secret', Title: 'Secret', DeletionDate: AT };
const stackExchange = {
  'Posts.xml': rows(
    'posts',
    { Id: 1, PostTypeId: 1, Title: 'Open', Body: 'Open' },
    { Id: 2, PostTypeId: 1, ...gone },
    { Id: 3, PostTypeId: 2, ParentId: 1, ...gone },
    { Id: 4, PostTypeId: 2, ParentId: 2, Body: 'Secret' },
    { Id: 5, PostTypeId: 5, ...gone },
  ),
  'Comments.xml': rows('comments', ...[2, 3, 4].map((PostId) => ({ Id: PostId, PostId, Text: 'Secret' })), {
    Id: 5,
    PostId: 1,
    Text: 'Secret',
    DeletionDate: AT,
  }),
};

const disqusPost = (id: number, of: number, text: string, more = '') =>
  `<post dsq:id="${id}"><message>${text}</message><createdAt>${AT}</createdAt><thread dsq:id="${of}"/>${more}</post>`;
const disqusThread = (id: number, more = '') =>
  `<thread dsq:id="${id}"><link>https://old.example/${id}</link><title>A page</title><createdAt>${AT}</createdAt>${more}</thread>`;
const disqus = `<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
${disqusThread(1)}${disqusThread(2, '<isDeleted>true</isDeleted>')}
${disqusPost(10, 1, 'Open')}${disqusPost(11, 1, 'Secret', '<isDeleted>true</isDeleted>')}
${disqusPost(12, 1, 'Secret', '<isSpam>true</isSpam>')}${disqusPost(13, 2, 'Secret')}${disqusPost(14, 2, 'Secret')}
</disqus>`;

const github = json({
  ...{ id: 'D1', title: 'Open', body: 'Open', createdAt: AT, url: 'https://github.com/o/r/discussions/1' },
  comments: {
    nodes: [
      { id: 'C1', body: 'Secret', createdAt: AT, deletedAt: AT },
      { id: 'C2', body: 'Secret', createdAt: AT, isMinimized: true },
    ],
  },
});

const listing = (...children: object[]) => ({ kind: 'Listing', data: { children } });
const thing = (kind: string, id: string, more: object) => ({
  kind,
  data: { id, title: 'A title', created_utc: 1_709_285_400, ...more },
});
const reddit = json(
  [
    listing(thing('t3', 'a', { selftext: 'Open' })),
    listing(thing('t1', 'b', { body: '[deleted]' }), thing('t1', 'c', { body: 'Secret', removed: true })),
  ],
  [
    listing(thing('t3', 'd', { selftext: '[removed]' })),
    listing(thing('t1', 'e', { body: 'Secret', replies: listing(thing('t1', 'f', { body: 'Secret' })) })),
  ],
);

describe.each(engines)('on %s', (engine) => {
  test.each([
    ['discourse', { 'a.json': discourseJson }, ofDiscourse],
    ['discourse', { 'dump.sql': discourseBackup }, ofDiscourse],
    [
      'stackexchange',
      stackExchange,
      {
        ...{ 'deleted questions': 1, 'other deleted posts': 1, 'deleted answers': 1 },
        ...{ 'answers to deleted questions': 1, 'comments on deleted posts': 3, 'deleted comments': 1 },
      },
    ],
    [
      'disqus',
      { 'a.xml': disqus },
      { 'deleted threads': 1, 'deleted comments': 1, spam: 1, 'comments on deleted threads': 2 },
    ],
    ['github', { 'a.json': github }, { 'deleted comments': 1, 'hidden comments': 1 }],
    [
      'reddit',
      { 'a.json': reddit },
      {
        ...{ 'deleted or removed comments': 2, 'deleted or removed posts': 1 },
        'comments on deleted or removed posts': 2,
      },
    ],
  ])('%s: what was removed is counted by kind', async (kind, files, expected) => {
    const target = await openTestDatabase(engine);
    try {
      const { omitted } = await importedDump(target.db, kind, files);
      expect(Object.fromEntries(Object.entries(omitted).map(([what, { count }]) => [what, count]))).toEqual(
        expected,
      );
      for (const { first } of Object.values(omitted)) {
        expect(first[0]?.detail).toBe(
          'It was removed there. An import does not publish it again; its text is still in the export, if it was there.',
        );
        expect(first[0]?.at).toMatch(/\.(?:json|sql|xml):\d+/);
      }
      const text = await exported(target.url);
      expect(text).toContain('Open');
      expect(text).not.toContain('Secret');
    } finally {
      await target.close();
    }
  });
});
