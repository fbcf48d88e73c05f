// What is private in another forum is not published here.
import { expect, test } from 'vitest';
import { converted } from './dumps.ts';

const AT = '2024-03-01T09:30:00.000Z';
const SECRET = /secret|private/i;

test('Discourse: topics of restricted categories, and further posts of topics that are left out', async () => {
  const post = (number: number, topic: number) => ({
    ...{ id: number, post_number: number, topic_id: topic, post_type: 1, username: 'ada', created_at: AT },
    raw: `Secret ${number}`,
  });
  const topic = { id: 3, title: 'Secret plans', created_at: AT, category_id: 8, archetype: 'regular' };
  const files = {
    'a.json': JSON.stringify({ ...topic, post_stream: { posts: [post(1, 3)] } }),
    'b.json': JSON.stringify({ post_stream: { posts: [post(2, 3)] } }),
    'z.json': JSON.stringify({ categories: [{ id: 8, name: 'Secret staff', read_restricted: true }] }),
  };
  const { records, omitted } = await converted('discourse', files);
  expect(JSON.stringify(records)).not.toMatch(SECRET);
  expect(omitted).toEqual([
    ...['restricted categories and what is in them', 'topics of restricted categories'],
    'posts of topics that are left out',
  ]);
});

test('Discourse: tags and people that only private topics have', async () => {
  const table = (name: string, columns: string, ...rows: string[]) =>
    `COPY public.${name} (${columns}) FROM stdin;\n${rows.map((row) => `${row}\n`).join('')}\\.\n`;
  const T = '2024-03-01 09:30:00';
  const dump = [
    table(
      'posts',
      'id, user_id, topic_id, post_number, raw, post_type, created_at',
      `11\t5\t3\t1\tOpen\t1\t${T}`,
      `12\t6\t4\t1\tSecret\t1\t${T}`,
    ),
    table('tags', 'id, name', '1\tbilling', '2\tsecret-layoffs'),
    table('topic_tags', 'topic_id, tag_id', '3\t1', '4\t2'),
    table(
      'topics',
      'id, title, archetype, created_at',
      `3\tOpen\tregular\t${T}`,
      `4\tPrivate\tprivate_message\t${T}`,
    ),
    table('users', 'id, username, name, created_at', `5\tada\tAda\t${T}`, `6\tsecret\tOnly Private\t${T}`),
  ].join('');
  const { records } = await converted('discourse', { 'dump.sql': dump });
  expect(records['tag']).toHaveLength(1);
  expect(JSON.stringify(records)).not.toMatch(SECRET);
});

test('Disqus: comments of a deleted thread, though another one has its address', async () => {
  const thread = (id: number, isDeleted: boolean) =>
    `<thread dsq:id="${id}"><id/><link>https://a.example/</link><title>A page</title><createdAt>${AT}</createdAt>
      <isDeleted>${isDeleted}</isDeleted></thread>`;
  const post = (id: number, of: number, text: string) =>
    `<post dsq:id="${id}"><message><![CDATA[<p>${text}</p>]]></message><createdAt>${AT}</createdAt>
      <isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Ada</name></author><thread dsq:id="${of}"/></post>`;
  const xml = `<?xml version="1.0" encoding="utf-8"?><disqus xmlns="http://disqus.com"
    xmlns:dsq="http://disqus.com/disqus-internals">${thread(1, false)}${thread(2, true)}
    ${post(10, 1, 'Open')}${post(11, 2, 'Secret')}</disqus>`;
  const { records } = await converted('disqus', { 'a.xml': xml });
  expect(records['comment']).toHaveLength(1);
  expect(JSON.stringify(records)).not.toMatch(SECRET);
});

test('Reddit: what moderators have removed, though their file has it', async () => {
  const of = { created_utc: 1_709_285_400, author: 'Ada', link_id: 't3_p1' };
  const post = { id: 'p1', title: 'Open', selftext: 'Open', ...of };
  const comments = [
    ...[{ removed: true }, { spam: true }, { banned_by: 'mod' }, { banned_by: true }],
    { removed_by_category: 'moderator' },
  ].map((more, n) => ({ kind: 't1', data: { id: `c${n}`, body: 'Secret', ...of, ...more } }));
  const listing = (...children: object[]) => ({ kind: 'Listing', data: { children } });
  const thread = [listing({ kind: 't3', data: post }), listing(...comments)];
  const { records } = await converted('reddit', { 'a.json': JSON.stringify(thread) });
  expect(records['discussion']).toHaveLength(1);
  expect(records['comment']).toBeUndefined();
});
