import { expect, test } from 'vitest';
import { converted } from './dumps.ts';

const AT = '2024-03-01T09:30:00.000Z';
const post = (number: number, more: object = {}) => ({
  ...{ id: 100 + number, post_number: number, topic_id: 3, post_type: 1, username: 'Ada', name: 'Ada L.' },
  ...{ created_at: AT, updated_at: AT, raw: `Text ${number}`, user_id: 5, version: 1, ...more },
});
const topic = (posts: object[], more: object = {}) => ({
  ...{ id: 3, title: 'Which one?', slug: 'which-one', archetype: 'regular', created_at: AT, views: 40 },
  ...{ category_id: 7, tags: ['billing', { name: 'vat' }], visible: true, closed: false, ...more },
  post_stream: { posts, stream: posts.map((_, i) => 100 + i) },
});

test('topics of the JSON API become records, with the categories of another file', async () => {
  const posts = [
    post(1, { actions_summary: [{ id: 2, count: 4 }] }),
    post(2, { reply_to_post_number: 1, cooked: '<p>Use <b>two</b></p>', raw: undefined }),
    post(3, {
      reply_to_post_number: 2,
      accepted_answer: true,
      version: 2,
      updated_at: '2024-03-02T00:00:00Z',
    }),
  ];
  const files = {
    'a.json': JSON.stringify(topic(posts)),
    'b.json': JSON.stringify({ post_stream: { posts: [post(4)] } }),
    'z.json': JSON.stringify({ category_list: { categories: [{ id: 7, name: 'Help', slug: 'help' }] } }),
  };
  const { records, omitted } = await converted('discourse', files);
  expect(records['category']).toEqual([
    { key: 'discourse:old.example:category:7', name: 'Help', slug: 'help' },
  ]);
  expect(records['discussion']).toEqual([
    expect.objectContaining({
      ...{ key: 'discourse:old.example:topic:3', body: 'Text 1', importedNetVotes: 4, viewCount: 40 },
      ...{
        author: 'discourse:old.example:user:ada',
        oldUrls: ['https://old.example/t/which-one/3/*', 'https://old.example/t/3/*'],
      },
      tags: ['discourse:old.example:tag:billing', 'discourse:old.example:tag:vat'],
    }),
  ]);
  expect(records['comment']?.map(({ key, body, replyTo }) => [key, body, replyTo])).toEqual([
    ['discourse:old.example:post:3-2', 'Use **two**', null],
    ['discourse:old.example:post:3-3', 'Text 3', 'discourse:old.example:post:3-2'],
    ['discourse:old.example:post:3-4', 'Text 4', null],
  ]);
  expect(records['comment']?.[1]?.['lastEditedAt']).toBe('2024-03-02T00:00:00.000Z');
  expect(records['answer']?.[0]?.['comment']).toBe('discourse:old.example:post:3-3');
  expect(omitted).toEqual([]);
});

test('private, hidden and deleted things, whispers and notes of actions are left out and named', async () => {
  const posts = [
    ...[post(1), post(2, { post_type: 4 }), post(3, { post_type: 3 }), post(4, { deleted_at: AT })],
    ...[post(5, { hidden: true }), post(6, { user_deleted: true }), post(7, { raw: '' })],
  ];
  const files = {
    'a.json': JSON.stringify(topic(posts)),
    'b.json': JSON.stringify(topic([post(1)], { id: 4, archetype: 'private_message' })),
    'c.json': JSON.stringify(topic([post(1)], { id: 5, visible: false })),
  };
  const { records, omitted } = await converted('discourse', files);
  expect(records['discussion']).toHaveLength(1);
  expect(records['comment']).toBeUndefined();
  expect(omitted).toEqual([
    ...['whispers', 'notes of actions', 'deleted posts', 'hidden posts', 'deleted posts', 'empty posts'],
    ...['private messages', 'unlisted topics'],
  ]);
});

const table = (name: string, columns: string, ...rows: string[]) =>
  `COPY public.${name} (${columns}) FROM stdin;\n${rows.map((row) => `${row}\n`).join('')}\\.\n\n`;
const POSTS =
  'id, user_id, topic_id, post_number, raw, reply_to_post_number, post_type, created_at, deleted_at';
const TOPICS = 'id, title, slug, archetype, category_id, visible, closed, created_at, deleted_at';
const T = '2024-03-01 09:30:00';
const DUMP = [
  "-- a comment\nSET client_encoding = 'UTF8';\n",
  table('categories', 'id, name, slug, read_restricted', '7\tHelp\thelp\tf', '8\tStaff\tstaff\tt'),
  table('discourse_solved_solved_topics', 'id, topic_id, answer_post_id', '1\t3\t12'),
  table('permalinks', 'id, url, topic_id', '1\told/which.html\t3'),
  table(
    'post_actions',
    'post_id, user_id, post_action_type_id, deleted_at, created_at',
    `11\t6\t2\t\\N\t${T}`,
    `11\t5\t2\t${T}\t${T}`,
    `12\t6\t3\t\\N\t${T}`,
  ),
  table(
    'posts',
    POSTS,
    `12\t6\t3\t2\tTab\\there,\\nline two \\\\ end\t1\t1\t${T}\t\\N`,
    `11\t5\t3\t1\tFirst\t\\N\t1\t${T}\t\\N`,
    `13\t5\t3\t3\tsecret\t2\t4\t${T}\t\\N`,
    `14\t5\t3\t4\tgone\t2\t1\t${T}\t${T}`,
    `15\t5\t4\t1\tinternal\t\\N\t1\t${T}\t\\N`,
  ),
  table('tags', 'id, name', '1\tbilling'),
  table('topic_tags', 'id, topic_id, tag_id', '1\t3\t1'),
  table(
    'topics',
    TOPICS,
    `3\tWhich one?\twhich-one\tregular\t7\tt\tt\t${T}\t\\N`,
    `4\tPlans\tplans\tregular\t8\tt\tf\t${T}\t\\N`,
  ),
  table('user_emails', 'id, user_id, email', '1\t5\tada@old.example'),
  table('users', 'id, username, name, created_at', `5\tada\tAda L.\t${T}`, `6\tben\t\\N\t${T}`),
].join('');

test('the tables of a backup become records, in whatever order they stand', async () => {
  const { records, omitted, progress } = await converted('discourse', { 'dump.sql': DUMP });
  expect(records['author']?.map(({ name }) => name)).toEqual(['Ada L.', 'ben']);
  expect(records['discussion']).toEqual([
    expect.objectContaining({
      ...{ title: 'Which one?', body: 'First', category: 'discourse:old.example:category:7' },
      ...{ tags: ['discourse:old.example:tag:billing'], close: { at: AT } },
      oldUrls: ['https://old.example/t/which-one/3/*', 'https://old.example/t/3/*', '/old/which.html'],
    }),
  ]);
  expect(records['comment']?.map(({ body, replyTo }) => [body, replyTo])).toEqual([
    ['Tab\there,\nline two \\ end', null],
  ]);
  expect(records['vote']).toEqual([
    expect.objectContaining({
      discussion: 'discourse:old.example:topic:3',
      author: 'discourse:old.example:user:ben',
    }),
  ]);
  expect(records['answer']?.[0]?.['comment']).toBe('discourse:old.example:post:3-2');
  expect(omitted).toEqual([
    ...['restricted categories and what is in them', 'whispers', 'deleted posts'],
    'topics of restricted categories',
  ]);
  expect(JSON.stringify(records)).not.toMatch(/ada@old|secret|gone|internal/);
  expect(progress.done).toBe(progress.total);
});

test.each([
  table('discourse_solved_topic_answers', 'id, topic_id, answer_post_id', '1\t3\t12'),
  table('topic_custom_fields', 'id, topic_id, name, value', '1\t3\taccepted_answer_post_id\t12'),
])('other versions keep the accepted answer elsewhere: %j', async (answers) => {
  const solved = table('discourse_solved_solved_topics', 'id, topic_id, answer_post_id', '1\t3\t12');
  const { records } = await converted('discourse', { 'dump.sql': DUMP.replace(solved, answers) });
  expect(records['answer']?.map(({ comment }) => comment)).toEqual(['discourse:old.example:post:3-2']);
});

test.each([
  ['a row with too few values', DUMP.replace('1\tbilling', '1'), 'a row of tags has 1 values for 2 columns'],
  ['a dump that was cut off', DUMP.slice(0, DUMP.indexOf('14\t5')), 'the file ends within the table posts'],
])('%s fails by its line', async (_, text, message) => {
  await expect(converted('discourse', { 'dump.sql': text })).rejects.toThrow(message);
});

test('the forum has to be named', async () => {
  await expect(converted('discourse', { 'dump.sql': DUMP }, null)).rejects.toThrow('--site');
});
