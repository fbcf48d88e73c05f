import { beforeEach, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import type { Forum } from '../../support/forum.ts';
import { type mergingIn, useMerging } from './merged-forum.ts';

// after each test, useMerging compares all counters with their rows
describe.each(engines)('a split on %s', (engine) => {
  const merging = useMerging(engine);
  let forum: Forum;
  let tools: ReturnType<typeof mergingIn>;
  let [a, b] = ['', ''];
  beforeEach(() => {
    ({ forum, tools, a, b } = merging());
  });
  const split = async (ids: readonly string[]) => {
    const { data } = await tools.split(ids);
    return tools.thread(data.splitDiscussion.discussion.id);
  };
  const remove = (by: string, commentId: string) =>
    forum.as(by).do('deleteComment', { commentId }, 'clientMutationId');

  test('of the last reply leaves the comments above it', async () => {
    const top = await tools.commentIn(a, 'ben', 'Top');
    const middle = await tools.commentIn(a, 'cleo', 'Middle', top);
    const leaf = await tools.commentIn(a, 'ben', 'Leaf', middle);
    await tools.commentIn(a, 'cleo', 'Below', leaf);
    expect(await split([leaf])).toEqual(['Below']);
    expect(await tools.thread(a)).toEqual(['Top', '-Middle']);
  });

  test('of the last reply below deleted comments takes these out of the thread', async () => {
    const top = await tools.commentIn(a, 'ben', 'Top');
    const middle = await tools.commentIn(a, 'cleo', 'Middle', top);
    const inner = await tools.commentIn(a, 'cleo', 'Inner', middle);
    const leaf = await tools.commentIn(a, 'ben', 'Leaf', inner);
    await remove('cleo', inner);
    await remove('cleo', middle);
    await split([leaf]);
    expect(await tools.thread(a)).toEqual(['Top']);
    const gone = await tools.commentIn(a, 'cleo', 'Gone');
    const only = await tools.commentIn(a, 'ben', 'Only', gone);
    await remove('cleo', gone);
    await split([only]);
    expect(await tools.thread(a)).toEqual(['Top']);
  });

  test('leaves a reply below its comment if both are chosen', async () => {
    const question = await tools.commentIn(a, 'ben', 'Question');
    const other = await tools.commentIn(a, 'cleo', 'Other');
    const reply = await tools.commentIn(a, 'ben', 'Reply', other);
    expect(await split([question, reply, other])).toEqual(['Other', '-Reply']);
    expect(await tools.thread(a)).toEqual([]);
  });

  test('keeps the revisions of an edited question, merged and split off as often as one likes', async () => {
    const input = { discussionId: a, body: 'The question, edited' };
    await forum.as('ada').do('updateDiscussion', input, 'clientMutationId');
    let source = a;
    for (const times of [1, 2]) {
      const { comment } = (await tools.merge(source, b)).data.mergeDiscussions;
      const { data, errors } = await tools.split([comment.id], `Split off ${times}`);
      expect(errors).toBeUndefined();
      source = data.splitDiscussion.discussion.id;
      const query =
        'query ($id: ID!) { discussion(id: $id) { body revisions(first: 9) { nodes { revision body } } } }';
      const { discussion } = (await forum.as('mod').ask(query, { id: source })).data;
      expect(discussion.body).toBe(input.body);
      expect(discussion.revisions.nodes.map(({ revision }: { revision: number }) => revision)).toEqual([
        2, 1,
      ]);
    }
  });

  test('makes votes on the comment those on the new discussion', async () => {
    const top = await tools.commentIn(a, 'ben', 'Top');
    await tools.vote('ada', top);
    await tools.vote('cleo', top, 'DOWN');
    await tools.vote('vic', top);
    const { id } = (await tools.split([top])).data.splitDiscussion.discussion;
    const query = 'query ($id: ID!) { discussion(id: $id) { upvoteCount downvoteCount viewerVote } }';
    expect((await forum.as('cleo').ask(query, { id })).data.discussion).toEqual({
      ...{ upvoteCount: 2, downvoteCount: 1, viewerVote: 'DOWN' },
    });
  });

  test('gives an external link with the title of the new discussion its target', async () => {
    const title = `Split ${a}`;
    const link = { discussionId: b, url: 'https://example.com/split', title };
    await forum.as('mod').do('addRelatedDiscussion', link, 'discussion { id }');
    const { data } = await tools.split([await tools.commentIn(a, 'ben', 'Top')], title);
    const query = 'query ($id: ID!) { discussion(id: $id) { relatedDiscussions { discussion { id } } } }';
    const { relatedDiscussions } = (await forum.ask(query, { id: b })).data.discussion;
    expect(relatedDiscussions).toEqual([{ discussion: { id: data.splitDiscussion.discussion.id } }]);
  });
});
