import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { rowIdOf } from '../../../src/graphql/global-id.ts';
import { type Engine, statement } from '../../../src/store/index.ts';
import { brokenAtRest } from '../../proof/invariants.ts';
import { type Answer, type Forum, openForum } from '../../support/forum.ts';
import { ask, keepOnly, plantGarden } from '../discussion/discussion-cast.ts';

export const MERGE = `destination { id slug commentCount upvoteCount answer { id } }
  source { id mergedInto { id } mergedComment { id } mergedAt commentCount }
  comment { id body author { name } createdAt replyToId discussion { id } } unmarkedAnswer { id }`;
export const UNMERGE =
  'source { id title body commentCount } destination { id commentCount } removedCommentId';
export const SPLIT = `discussion { id slug title body author { name } commentCount splitFrom { id } answer { id } }
  source { id commentCount answer { id } splitDiscussions { totalCount nodes { id } } } removedCommentId
  unmarkedAnswer { id }`;

/** Writes and reads of the tests of merging. */
export function mergingIn(forum: Forum) {
  const commentIn = async (discussionId: string, by: string, body: string, replyToId?: string) => {
    forum.wait(1);
    const input = { discussionId, body, ...(replyToId && { replyToId }) };
    const said = await forum.as(by).do('addComment', input, 'comment { id }');
    return said.data.addComment.comment.id as string;
  };
  const merge = (sourceId: string, destinationId: string, by = 'mod'): Promise<Answer> =>
    forum.as(by).do('mergeDiscussions', { sourceId, destinationId }, MERGE);
  const unmerge = (sourceId: string, by = 'mod'): Promise<Answer> =>
    forum.as(by).do('unmergeDiscussions', { sourceId }, UNMERGE);
  const split = (
    commentIds: readonly string[],
    title = 'Split off?',
    more = {},
    by = 'mod',
  ): Promise<Answer> => forum.as(by).do('splitDiscussion', { commentIds, title, ...more }, SPLIT);
  const vote = (by: string, subjectId: string, direction = 'UP') =>
    forum.as(by).do('setVote', { subjectId, direction }, 'subject { id }');
  /** Bodies of a discussion's comments in the order of the tree, each behind a dash for each level. */
  const thread = async (id: string): Promise<string[]> => {
    const query =
      'query ($id: ID!) { discussion(id: $id) { commentCount allComments(first: 100) { nodes { depth body isDeleted } } } }';
    const { commentCount, allComments } = (await forum.ask(query, { id })).data.discussion;
    type Shown = { depth: number; body: string | null; isDeleted: boolean };
    const shown = allComments.nodes as Shown[];
    if (commentCount !== shown.filter(({ isDeleted }) => !isDeleted).length)
      throw new Error(`${commentCount} is not the number of ${JSON.stringify(shown)}`);
    return shown.map(({ depth, body, isDeleted }) => '-'.repeat(depth) + (isDeleted ? 'deleted' : body));
  };
  return { commentIn, merge, unmerge, split, vote, thread };
}

const events = statement<{
  action: string;
  discussionId: string;
  commentId: string | null;
  detail: string | null;
}>(
  'test.moderationOf',
  `SELECT action, discussion_id AS "discussionId", comment_id AS "commentId", detail FROM moderation_event
    WHERE discussion_id = ? ORDER BY id`,
);

/** The moderation log of a discussion, by its global id. */
export const moderationOf = (forum: Forum, id: string) =>
  forum.db.read.all(events, [rowIdOf('Discussion', id) ?? '']);

/** The forum of the tests of a file: before each, ada asks `a`, ben `b`, and cleo `c` and `d` in one category. */
export function useMerging(engine: Engine) {
  const state = {} as {
    forum: Forum;
    garden: Awaited<ReturnType<typeof plantGarden>>;
    tools: ReturnType<typeof mergingIn>;
    a: string;
    b: string;
    c: string;
    d: string;
  };
  beforeAll(async () => {
    const forum = await openForum(engine, 'empty');
    Object.assign(state, { forum, tools: mergingIn(forum), garden: await plantGarden(forum) });
    await keepOnly(forum, forum.as('rue'), state.garden.roots);
    for (const name of ['ada', 'ben', 'cleo', 'vic', 'mod', 'root']) await forum.as(name).token();
  });
  afterAll(() => state.forum.close());
  afterEach(async () => expect(await brokenAtRest(state.forum.db, state.forum.now())).toEqual([]));
  beforeEach(async () => {
    const { forum, garden } = state;
    const categoryId = garden.fruit;
    forum.wait(1000);
    state.a = await ask(forum.as('ada'), { title: 'Old?', body: 'Old, @ben?', categoryId });
    forum.wait(1);
    state.b = await ask(forum.as('ben'), { title: 'New?', categoryId });
    forum.wait(1);
    state.c = await ask(forum.as('cleo'), { title: 'Third?', categoryId });
    forum.wait(1);
    state.d = await ask(forum.as('cleo'), { title: 'Fourth?', categoryId });
  });
  return () => state;
}
