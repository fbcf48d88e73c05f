import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { threadDocument } from '../../support/documents.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { rowsOf } from '../../support/rows.ts';
import { ask, keepOnly, plantGarden } from './discussion-cast.ts';

const GONE = { code: 'NOT_FOUND', field: 'input.discussionId' };

describe.each(engines)('deleteDiscussion and restoreDiscussion on %s', (engine) => {
  let forum: Forum;
  let garden: Awaited<ReturnType<typeof plantGarden>>;
  let discussionId: string;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    garden = await plantGarden(forum);
    await keepOnly(forum, forum.as('fay'), garden.fruit);
    await keepOnly(forum, forum.as('rue'), garden.roots);
    for (const name of ['ada', 'ben', 'cleo', 'mod', 'vic']) await forum.as(name).token();
  });
  afterAll(() => forum.close());
  beforeEach(async () => {
    discussionId = await ask(forum.as('ada'), { categoryId: garden.fruit, tagSlugs: ['red'] });
  });

  const remove = (by: string) => forum.as(by).do('deleteDiscussion', { discussionId }, 'deletedDiscussionId');
  const restore = (by: string) =>
    forum.as(by).do('restoreDiscussion', { discussionId }, 'discussion { id commentCount pin { label } }');
  const say = async (by: string) => {
    const said = await forum.as(by).do('addComment', { discussionId, body: 'It is.' }, 'comment { id }');
    return said.data.addComment.comment.id as string;
  };

  test('with isOnlyIfEmpty it is deleted only while it has no comments, also by a moderator', async () => {
    const removeEmpty = (by: string) =>
      forum.as(by).do('deleteDiscussion', { discussionId, isOnlyIfEmpty: true }, 'deletedDiscussionId');
    await say('ada');
    for (const by of ['ada', 'mod'])
      expect(refusalOf(await removeEmpty(by))).toEqual({ code: 'CONFLICT', field: 'input.isOnlyIfEmpty' });
    const { data } = await forum.ask('query ($id: ID!) { node(id: $id) { id } }', { id: discussionId });
    expect(data.node).toEqual({ id: discussionId });
    const empty = await ask(forum.as('ada'), { categoryId: garden.fruit });
    discussionId = empty;
    expect((await removeEmpty('ada')).data).toEqual({ deleteDiscussion: { deletedDiscussionId: empty } });
  });

  test('a deleted discussion and what is in it answers everywhere as if it did not exist', async () => {
    const commentId = await say('ben');
    await forum.as('ada').do('updateDiscussion', { discussionId, body: 'Other.' }, 'discussion { id }');
    const query = `query ($author: ID!, $commenter: ID!) {
      discussions(first: 100, orderBy: NEWEST) { totalCount nodes { id } }
      category(slug: "fruit") { discussions(first: 100) { totalCount nodes { id } } }
      tag(slug: "red") { discussions(first: 100) { totalCount nodes { id } } }
      author(id: $author) { discussions(first: 100) { totalCount nodes { id } } }
      commenter: author(id: $commenter) { comments(first: 100) { totalCount nodes { id } } } }`;
    const variables = { author: await forum.as('ada').id(), commenter: await forum.as('ben').id() };
    const { data: seen } = await forum.ask(
      'query ($id: ID!) { node(id: $id) { ... on Discussion { slug url revisions { nodes { id } } } } }',
      { id: discussionId },
    );
    const before = await forum.ask(query, variables);
    expect(JSON.stringify(before.data).split(discussionId).length - 1).toBe(4);
    expect(JSON.stringify(before.data)).toContain(commentId);
    const { data: first } = await forum.ask(
      '{ discussions(first: 1, orderBy: NEWEST) { edges { cursor node { id } } } }',
    );
    expect(first.discussions.edges[0].node.id).toBe(discussionId);

    expect((await remove('fay')).data).toEqual({ deleteDiscussion: { deletedDiscussionId: discussionId } });

    const after = await forum.ask(query, variables);
    expect(JSON.stringify(after.data)).not.toContain(discussionId);
    expect(JSON.stringify(after.data)).not.toContain(commentId);
    expect(after.data.discussions.totalCount).toBe(before.data.discussions.totalCount - 1);
    expect(after.data.author.discussions.totalCount).toBe(before.data.author.discussions.totalCount - 1);
    expect(after.data.commenter.comments.totalCount).toBe(before.data.commenter.comments.totalCount - 1);
    const { slug, url, revisions } = seen.node;
    for (const [asked, field] of [
      [`node(id: "${discussionId}")`, 'id'],
      [`node(id: "${commentId}")`, 'id'],
      [`node(id: "${revisions.nodes[0].id}")`, 'id'],
      [`discussion(id: "${discussionId}")`, 'id'],
      [`discussion(slug: "${slug}")`, 'slug'],
      [`discussion(url: "${url}")`, 'url'],
    ])
      for (const by of [forum, forum.as('ada'), forum.as('mod')])
        expect(refusalOf(await by.ask(`{ ${asked} { id } }`))).toEqual({ code: 'NOT_FOUND', field });
    const next = await forum.ask(
      `{ discussions(first: 1, orderBy: NEWEST, after: "${first.discussions.edges[0].cursor}") { nodes { id } } }`,
    );
    expect(next.data.discussions.nodes).toEqual(after.data.discussions.nodes.slice(0, 1));
    const rows = await rowsOf(forum.db);
    for (const [mutation, input] of [
      ['setVote', { subjectId: discussionId, direction: 'UP' }],
      ['setVote', { subjectId: commentId, direction: 'UP' }],
      ['addComment', { discussionId, body: 'More' }],
      ['addComment', { discussionId, replyToId: commentId, body: 'More' }],
      ['updateDiscussion', { discussionId, title: 'More' }],
      ['restoreDiscussionRevision', { discussionId, revision: 1 }],
      ['pinDiscussion', { discussionId }],
      ['unpinDiscussion', { discussionId }],
      ['lockDiscussion', { discussionId }],
      ['unlockDiscussion', { discussionId }],
      ['closeDiscussion', { discussionId }],
      ['reopenDiscussion', { discussionId }],
      ['updateComment', { commentId, body: 'More' }],
      ['deleteComment', { commentId }],
      ['restoreComment', { commentId }],
      ['restoreCommentRevision', { commentId, revision: 1 }],
      ['markCommentAsAnswer', { commentId }],
      ['unmarkCommentAsAnswer', { commentId }],
      ['addRelatedDiscussion', { discussionId, url: 'https://example.com/', title: 'More' }],
      ['removeRelatedDiscussion', { discussionId, url: 'https://example.com/' }],
    ] as const) {
      const refused = refusalOf(await forum.as('mod').do(mutation, input, 'clientMutationId'));
      expect({ mutation, code: refused?.code }).toEqual({ mutation, code: 'NOT_FOUND' });
    }
    expect(await rowsOf(forum.db)).toEqual(rows);
  });

  test('restoring brings all of it back but the pin', async () => {
    const commentId = await say('ben');
    await forum.as('mod').do('pinDiscussion', { discussionId, label: 'Look' }, 'discussion { id }');
    await remove('mod');
    const { data } = await restore('mod');
    expect(data.restoreDiscussion.discussion).toEqual({ id: discussionId, commentCount: 1, pin: null });
    const comment = await forum.ask('query ($id: ID!) { node(id: $id) { id } }', { id: commentId });
    expect(comment.data.node.id).toBe(commentId);
  });

  test('its author deletes it while nobody else has commented, and restores it', async () => {
    await say('ada');
    expect((await remove('ada')).errors).toBeUndefined();
    expect((await restore('ada')).errors).toBeUndefined();
    await say('ben');
    const rows = await rowsOf(forum.db);
    expect(refusalOf(await remove('ada'))).toEqual({ code: 'FORBIDDEN', field: 'input.discussionId' });
    expect(await rowsOf(forum.db)).toEqual(rows);
  });

  test('refuses everybody else, and writes nothing', async () => {
    const rows = await rowsOf(forum.db);
    for (const by of ['ben', 'vic', 'rue']) {
      expect(refusalOf(await remove(by))).toEqual({ code: 'FORBIDDEN', field: 'input.discussionId' });
      expect(refusalOf(await restore(by))).toEqual({ code: 'FORBIDDEN', field: 'input.discussionId' });
    }
    for (const name of ['deleteDiscussion', 'restoreDiscussion']) {
      const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input!`;
      const guest = await forum.ask(`mutation ($i: ${type}) { ${name}(input: $i) { clientMutationId } }`, {
        i: { discussionId },
      });
      expect(refusalOf(guest)).toEqual({ code: 'UNAUTHENTICATED' });
    }
    expect(await rowsOf(forum.db)).toEqual(rows);
  });

  test('a locked one its author cannot delete', async () => {
    await forum.as('fay').do('lockDiscussion', { discussionId }, 'discussion { id }');
    expect(refusalOf(await remove('ada'))).toEqual({ code: 'LOCKED', field: 'input.discussionId' });
    expect((await remove('fay')).errors).toBeUndefined();
  });

  test('what a moderator deleted does not exist for its author, nor for moderators of other categories', async () => {
    await remove('fay');
    const rows = await rowsOf(forum.db);
    for (const by of ['ada', 'ben', 'rue']) {
      expect(refusalOf(await restore(by))).toEqual(GONE);
      expect(refusalOf(await remove(by))).toEqual(GONE);
    }
    expect(await rowsOf(forum.db)).toEqual(rows);
    expect((await restore('fay')).errors).toBeUndefined();
  });

  test('what its author and then a moderator deleted does not exist for its author', async () => {
    const first = await remove('ada');
    expect(await remove('fay')).toEqual(first);
    const rows = await rowsOf(forum.db);
    for (const act of [restore, remove]) expect(refusalOf(await act('ada'))).toEqual(GONE);
    expect(await remove('mod')).toEqual(first);
    expect(await rowsOf(forum.db)).toEqual(rows);
  });

  test('a repeat answers the same and writes nothing', async () => {
    const first = await remove('ada');
    const rows = await rowsOf(forum.db);
    expect(await remove('ada')).toEqual(first);
    expect(await rowsOf(forum.db)).toEqual(rows);
    const [back, restored] = [await restore('ada'), await rowsOf(forum.db)];
    expect(await restore('ada')).toEqual(back);
    expect(await rowsOf(forum.db)).toEqual(restored);
  });

  test('a comment that comes at the same moment is either refused or keeps the author from deleting', async () => {
    for (let round = 0; round < 5; round++) {
      discussionId = await ask(forum.as('ada'));
      const [removed, said] = await Promise.all([
        remove('ada'),
        forum.as('ben').do('addComment', { discussionId, body: 'Wait' }, 'comment { id }'),
      ]);
      const codes = [removed, said].map(({ errors }) => errors?.[0]?.extensions.code);
      expect([
        ['FORBIDDEN', undefined],
        [undefined, 'NOT_FOUND'],
      ]).toContainEqual(codes);
    }
  });

  test('links to it are external while it is deleted, and lead to it again once it is restored', async () => {
    const url = 'https://example.com/plums';
    await forum.load(
      threadDocument({ title: 'What of plums?', related: [{ title: 'Are plums blue?', url }] }),
    );
    const related = async () =>
      (
        await forum.ask(
          '{ discussion(slug: "what-of-plums") { relatedDiscussions { title url discussion { id } } } }',
        )
      ).data.discussion.relatedDiscussions;
    const away = [{ title: 'Are plums blue?', url, discussion: null }];
    expect(await related()).toEqual(away);
    discussionId = await ask(forum.as('ada'), { title: 'Are plums blue?' });
    const here = [
      {
        title: 'Are plums blue?',
        url: 'https://forum.example/discussions/are-plums-blue',
        discussion: { id: discussionId },
      },
    ];
    expect(await related()).toEqual(here);
    await remove('ada');
    expect(await related()).toEqual(away);
    await restore('ada');
    expect(await related()).toEqual(here);
  });

  test('a discussion that gets the title of external links takes them over', async () => {
    const url = 'https://example.com/pears';
    await forum.load(
      threadDocument({ title: 'What of pears?', related: [{ title: 'Are pears sweet?', url }] }),
    );
    await forum
      .as('ada')
      .do('updateDiscussion', { discussionId, title: 'Are pears sweet?' }, 'discussion { id }');
    const { data } = await forum.ask(
      '{ discussion(slug: "what-of-pears") { relatedDiscussions { discussion { id } } } }',
    );
    expect(data.discussion.relatedDiscussions).toEqual([{ discussion: { id: discussionId } }]);
  });
});
