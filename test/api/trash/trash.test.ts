import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';

const DISCUSSIONS = `deletedDiscussions { totalCount nodes { id discussionId title body bodyHTML deletedAt
  deletedBy { name } author { name } category { slug } } }`;
const COMMENTS = `deletedComments { totalCount nodes { id commentId body bodyHTML discussion { title } deletedAt
  deletedBy { name } author { name } } }`;
const TRASH = `{ viewer { ${DISCUSSIONS} ${COMMENTS} } }`;
const BY_ID =
  'query ($id: ID!) { node(id: $id) { id ... on DeletedDiscussion { body } ... on DeletedComment { body } } }';

describe.each(engines)('the trash on %s', (engine) => {
  let forum: Forum;
  const categoryIds: Record<string, string> = {};
  const deleted: Record<string, string> = {};
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    for (const name of ['Here', 'Elsewhere']) {
      const made = await forum.as('mod').do('createCategory', { name }, 'category { id }');
      categoryIds[name] = made.data.createCategory.category.id;
    }
    const moira = await forum.as('moira').do('updateAuthor', {}, 'author { id }');
    const role = {
      authorId: moira.data.updateAuthor.author.id,
      role: 'MODERATOR',
      categoryIds: [categoryIds['Here']],
    };
    await forum.as('root').do('setAuthorRole', role, 'clientMutationId');

    const start = async (title: string, where: string | null, by = 'ada') => {
      const input = { title, body: `Of *${title}*`, categoryId: where && categoryIds[where] };
      const { data } = await forum.as(by).do('createDiscussion', input, 'discussion { id }');
      return data.createDiscussion.discussion.id as string;
    };
    const drop = async (title: string, where: string | null, by: string) => {
      const discussionId = await start(title, where);
      deleted[title] = discussionId;
      forum.wait(1000);
      await forum.as(by).do('deleteDiscussion', { discussionId }, 'clientMutationId');
    };
    await drop('own here', 'Here', 'ada');
    await drop('by mod here', 'Here', 'mod');
    await drop('own elsewhere', 'Elsewhere', 'ada');
    await drop('by mod nowhere', null, 'mod');
    const say = async (body: string, discussionId: string, by: string, deleter: string) => {
      const { data } = await forum.as(by).do('addComment', { discussionId, body }, 'comment { id }');
      deleted[body] = data.addComment.comment.id;
      forum.wait(1000);
      await forum.as(deleter).do('deleteComment', { commentId: deleted[body] }, 'clientMutationId');
    };
    const here = await start('visible here', 'Here');
    const there = await start('visible elsewhere', 'Elsewhere');
    await say('ben own here', here, 'ben', 'ben');
    await say('ben by mod here', here, 'ben', 'mod');
    await say('ben own elsewhere', there, 'ben', 'ben');
    const locked = await start('locked', 'Elsewhere');
    await say('ben own locked', locked, 'ben', 'ben');
    await forum.as('mod').do('lockDiscussion', { discussionId: locked }, 'clientMutationId');
    const gone = await start('gone', 'Here');
    await say('ben own gone', gone, 'ben', 'ben');
    await forum.as('mod').do('deleteDiscussion', { discussionId: gone }, 'clientMutationId');
  });
  afterAll(() => forum.close());

  const trashOf = async (who: string) => {
    const { data, errors } = await forum.as(who).ask(TRASH);
    expect(errors).toBeUndefined();
    const { deletedDiscussions: discussions, deletedComments: comments } = data.viewer;
    expect(discussions.totalCount).toBe(discussions.nodes.length);
    expect(comments.totalCount).toBe(comments.nodes.length);
    return { discussions: discussions.nodes, comments: comments.nodes };
  };

  const ALL = ['gone', 'by mod nowhere', 'own elsewhere', 'by mod here', 'own here'];
  const ALL_COMMENTS = ['ben own locked', 'ben own elsewhere', 'ben by mod here', 'ben own here'];
  test.each<[string, string[], string[]]>([
    ['mod', ALL, ALL_COMMENTS],
    ['root', ALL, ALL_COMMENTS],
    ['moira', ['gone', 'by mod here', 'own here'], ['ben by mod here', 'ben own here']],
    ['ada', ['own elsewhere', 'own here'], []],
    ['ben', [], ['ben own elsewhere', 'ben own here']],
    ['cleo', [], []],
  ])('%s sees what they can restore, last deleted first', async (who, titles, texts) => {
    const { discussions, comments } = await trashOf(who);
    expect(discussions.map((one: { title: string }) => one.title)).toEqual(titles);
    expect(comments.map((one: { body: string }) => one.body)).toEqual(texts);
  });

  test('says who deleted what when, and shows the text', async () => {
    const { discussions, comments } = await trashOf('moira');
    expect(discussions[1]).toEqual({
      id: expect.stringMatching(/^X_/),
      discussionId: deleted['by mod here'],
      ...{ title: 'by mod here', body: 'Of *by mod here*', bodyHTML: '<p>Of <em>by mod here</em></p>' },
      ...{ deletedAt: expect.stringMatching(/Z$/), deletedBy: { name: 'mod' } },
      ...{ author: { name: 'ada' }, category: { slug: 'here' } },
    });
    expect(comments[0]).toEqual({
      id: expect.stringMatching(/^Z_/),
      commentId: deleted['ben by mod here'],
      ...{
        body: 'ben by mod here',
        bodyHTML: '<p>ben by mod here</p>',
        discussion: { title: 'visible here' },
      },
      ...{ deletedAt: expect.stringMatching(/Z$/), deletedBy: { name: 'mod' }, author: { name: 'ben' } },
    });
  });

  test('shows each entry by its id to those in whose list it is, and to nobody else', async () => {
    const every = Object.values(await trashOf('root')).flat() as { id: string; body: string }[];
    expect(every).toHaveLength(ALL.length + ALL_COMMENTS.length);
    for (const who of ['mod', 'moira', 'ada', 'ben', 'cleo']) {
      const listed = Object.values(await trashOf(who))
        .flat()
        .map((one: { id: string }) => one.id);
      for (const { id, body } of every) {
        const answer = await forum.as(who).ask(BY_ID, { id });
        if (listed.includes(id)) expect(answer.data.node, who).toEqual({ id, body });
        else expect(refusalOf(answer), who).toEqual({ code: 'NOT_FOUND', field: 'id' });
      }
    }
    for (const { id } of every)
      expect(refusalOf(await forum.ask(BY_ID, { id }))).toEqual({ code: 'NOT_FOUND', field: 'id' });
    expect(await forum.ask(TRASH)).toEqual({ data: { viewer: null } });
  });

  test('finds each entry by its slug or comment to those in whose list it is, and to nobody else', async () => {
    const found = `query ($slug: String!, $commentId: ID!) {
      viewer { deletedDiscussion(slug: $slug) { discussionId slug } deletedComment(commentId: $commentId) { commentId } } }`;
    const slugs = ['gone', 'by-mod-nowhere', 'own-elsewhere', 'by-mod-here', 'own-here'];
    for (const who of ['mod', 'root', 'moira', 'ada', 'ben', 'cleo']) {
      const { discussions, comments } = await trashOf(who);
      for (const [index, title] of ALL.entries()) {
        const [slug, commentId] = [slugs[index], deleted[ALL_COMMENTS[index] ?? 'ben own gone']];
        const { data, errors } = await forum.as(who).ask(found, { slug, commentId });
        expect(errors).toBeUndefined();
        const listed = discussions.find((one: { title: string }) => one.title === title);
        expect(data.viewer, who).toEqual({
          deletedDiscussion: listed ? { discussionId: listed.discussionId, slug } : null,
          deletedComment: comments.some((one: { commentId: string }) => one.commentId === commentId)
            ? { commentId }
            : null,
        });
      }
    }
    expect(await forum.ask(found, { slug: 'gone', commentId: deleted['ben own here'] })).toEqual({
      data: { viewer: null },
    });
    const long = { slug: 'gone'.padEnd(301, '-gone'), commentId: 'C_none' };
    expect((await forum.as('root').ask(found, long)).data.viewer.deletedDiscussion).toBeNull();
    const nothing = await forum.as('root').ask(found, { slug: 'visible-here', commentId: 'C_none' });
    expect(nothing.data.viewer).toEqual({ deletedDiscussion: null, deletedComment: null });
  });

  test('is empty for a key that only reads, and a key’s scopes limit it', async () => {
    for (const scope of ['READ', 'WRITE'] as const) {
      const answer = await forum.askWith(await forum.as('mod').keyWith([scope]), TRASH);
      expect(answer.errors).toBeUndefined();
      expect(answer.data.viewer.deletedDiscussions).toEqual({ totalCount: 0, nodes: [] });
      expect(answer.data.viewer.deletedComments).toEqual({ totalCount: 0, nodes: [] });
    }
    const moderating = await forum.askWith(await forum.as('mod').keyWith(['MODERATE']), TRASH);
    expect(moderating.data.viewer.deletedDiscussions.totalCount).toBe(ALL.length);
  });

  test('an entry goes when it is restored', async () => {
    const before = await trashOf('ben');
    const commentId = deleted['ben own here'];
    const restored = await forum.as('ben').do('restoreComment', { commentId }, 'comment { id body }');
    expect(restored.data.restoreComment.comment).toEqual({ id: commentId, body: 'ben own here' });
    expect((await trashOf('ben')).comments).toEqual(before.comments.slice(0, -1));
    const discussionId = deleted['own here'];
    await forum.as('ada').do('restoreDiscussion', { discussionId }, 'clientMutationId');
    expect((await trashOf('ada')).discussions.map((one: { title: string }) => one.title)).toEqual([
      'own elsewhere',
    ]);
    const gone = await forum.as('mod').ask(BY_ID, { id: `X_${discussionId?.slice(2)}` });
    expect(refusalOf(gone)).toEqual({ code: 'NOT_FOUND', field: 'id' });
  });
});
