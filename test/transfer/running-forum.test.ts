import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { countForum } from '../../src/forum/comment/index.ts';
import { engines } from '../support/database.ts';
import { type Forum, openForum } from '../support/forum.ts';
import { changesOf, done, imported, linesOf } from './transfers.ts';

const AT = '2024-03-01T09:30:00.000Z';
const topic = {
  ...{
    type: 'discussion',
    key: 'old:1',
    title: 'Which one?',
    body: 'Two.',
    createdAt: AT,
    externalId: 'page-1',
  },
  ...{ oldUrls: ['https://old.example/t/which/1', '/view.php?id=1'], tags: ['old:tag'], author: 'old:a' },
};
const post = {
  type: 'comment',
  key: 'old:2',
  discussion: 'old:1',
  body: 'This one.',
  createdAt: AT,
  importedNetVotes: 3,
};
const records = [
  { type: 'tag', key: 'old:tag', name: 'Pricing' },
  { type: 'author', key: 'old:a', name: 'Ada', role: 'ADMIN' },
  topic,
  post,
  { type: 'answer', discussion: 'old:1', comment: 'old:2' },
];
const QUERY = `{ discussion(externalId: "page-1") { id title body author { name role } tags { name } commentCount
  answer { body } comments(first: 9, orderBy: OLDEST) { nodes { id body netUpvotes upvoteCount } } } }`;

describe.each(engines)('an import into a running forum on %s', (engine) => {
  let forum: Forum;

  beforeEach(async () => {
    forum = await openForum(engine, 'empty');
    await done(forum.as('ben'), 'createDiscussion', { title: 'Ours', body: 'Ours' }, 'discussion { id }');
  });

  afterEach(() => forum.close());

  const shown = async () => (await forum.ask(QUERY)).data.discussion;

  test('adds its rows beside those that are here; its people are members', async () => {
    const summary = await imported(forum.db, linesOf(records));
    expect(summary.omitted['roles']?.count).toBe(1);
    expect(await shown()).toMatchObject({
      ...{ title: 'Which one?', author: { name: 'Ada', role: 'MEMBER' }, tags: [{ name: 'Pricing' }] },
      ...{ commentCount: 1, answer: { body: 'This one.' } },
      comments: { nodes: [{ body: 'This one.', netUpvotes: 3, upvoteCount: 3 }] },
    });
    expect((await forum.ask('{ discussions { totalCount } }')).data.discussions.totalCount).toBe(2);
  });

  test('is seen at once, also where guests had an answer from the cache', async () => {
    expect((await forum.ask(QUERY)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    await imported(forum.db, linesOf(records));
    expect((await shown()).commentCount).toBe(1);
  });

  test('adds what a newer export has, and changes nothing that people have changed here', async () => {
    const [mod, ben] = [forum.as('mod'), forum.as('ben')];
    await imported(forum.db, linesOf(records));
    const { id, comments } = await shown();
    const commentId = comments.nodes[0].id;
    await done(
      mod,
      'updateDiscussion',
      { discussionId: id, title: 'Which of them?', tagSlugs: [] },
      'discussion { id }',
    );
    await done(ben, 'setVote', { subjectId: commentId, direction: 'UP' }, 'subject { id }');
    await done(mod, 'unmarkCommentAsAnswer', { commentId }, 'discussion { id }');
    expect(changesOf(await imported(forum.db, linesOf(records)))).toBe(0);
    const newer = [
      ...records.slice(0, 2),
      { ...topic, title: 'Which one then?', body: 'Three.' },
      { ...post, body: 'That one.', importedNetVotes: 5 },
      ...records.slice(4),
      { ...post, key: 'old:7', body: 'A new one.', replyTo: 'old:2' },
    ];
    const { records: counts } = await imported(forum.db, linesOf(newer));
    expect(counts['comment']).toEqual({ created: 1, updated: 1, unchanged: 0 });
    expect(await shown()).toMatchObject({
      ...{ title: 'Which of them?', body: 'Two.', tags: [], answer: null, commentCount: 2 },
      comments: { nodes: [{ body: 'That one.', netUpvotes: 6, upvoteCount: 6 }] },
    });
    expect(changesOf(await imported(forum.db, linesOf(newer)))).toBe(0);
  });

  test('counts a large thread right beside people who write in it', async () => {
    await imported(forum.db, linesOf(records));
    const { id, comments } = await shown();
    const more = Array.from({ length: 1_300 }, (_, n) => ({
      ...{ ...post, key: `old:more-${n}`, body: `More ${n}` },
      replyTo: n % 3 === 0 ? 'old:2' : null,
    }));
    const [ben, ada] = [forum.as('ben'), forum.as('ada')];
    const write = async () => {
      for (let n = 0; n < 10; n++) {
        await done(
          ben,
          'addComment',
          { discussionId: id, body: `Here ${n}`, replyToId: comments.nodes[0].id },
          'comment { id }',
        );
        const direction = n % 2 === 0 ? 'UP' : 'DOWN';
        await done(ada, 'setVote', { subjectId: comments.nodes[0].id, direction }, 'subject { id }');
      }
    };
    await Promise.all([imported(forum.db, linesOf([...records, ...more])), write()]);
    expect((await shown()).commentCount).toBe(1_311);
    for await (const { suspects } of countForum(forum.db)) expect(suspects).toEqual([]);
  });

  test('takes a discussion with the same external id for the same one', async () => {
    const created = await done(
      forum.as('mod'),
      'createDiscussion',
      { title: 'Here first', body: 'B', externalId: 'page-1' },
      'discussion { id }',
    );
    await imported(forum.db, linesOf(records));
    const { id, title, comments } = await shown();
    expect([id, title]).toEqual([created.createDiscussion.discussion.id, 'Here first']);
    expect(comments.nodes).toHaveLength(1);
  });

  test('finds a discussion by an address for all below it, unless another one has the address itself', async () => {
    const wide = { ...topic, oldUrls: ['https://old.example/t/1/*', '/s/1/*'] };
    const narrow = { ...topic, key: 'old:3', title: 'That one?', externalId: null, oldUrls: ['/t/1/print'] };
    await imported(forum.db, linesOf([...records.slice(0, 2), wide, narrow]));
    const titleAt = async (path: string) =>
      (await forum.ask(`{ discussion(url: "https://old.example${path}") { title } }`)).data.discussion?.title;
    for (const path of ['/t/1', '/t/1/', '/t/1/a/b?page=2', '/s/1/a', '/t/1/*'])
      expect([path, await titleAt(path)]).toEqual([path, 'Which one?']);
    expect(await titleAt('/t/1/print')).toBe('That one?');
    for (const path of ['/t/10', '/t', '/t/2/1', '/s'])
      expect([path, await titleAt(path)]).toEqual([path, undefined]);
  });

  test('finds a discussion by its old addresses, on any host, and by no others', async () => {
    await imported(forum.db, linesOf(records));
    const find = (url: string) => forum.ask(`{ discussion(url: "${url}") { title } }`);
    const old = ['https://old.example/t/which/1', 'https://old.example/t/which/1/?page=2#post-9'];
    for (const url of [...old, 'https://forum.example/t/which/1', 'https://forum.example/view.php?id=1'])
      expect((await find(url)).data.discussion?.title).toBe('Which one?');
    const codeOf = async (url: string) => (await find(url)).errors?.[0]?.extensions.code;
    for (const path of ['view.php?id=2', 'view.php', '', 't/which/10', 't'])
      expect(await codeOf(`https://old.example/${path}`)).toBe('NOT_FOUND');
    const { id: discussionId } = await shown();
    await done(forum.as('mod'), 'deleteDiscussion', { discussionId }, 'deletedDiscussionId');
    expect(await codeOf('https://old.example/t/which/1')).toBe('NOT_FOUND');
  });
});
