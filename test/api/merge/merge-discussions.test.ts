import { beforeEach, describe, expect, test } from 'vitest';
import { rowIdOf } from '../../../src/graphql/global-id.ts';
import { engines } from '../../support/database.ts';
import type { Forum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { rowsOf } from '../../support/rows.ts';
import { ask } from '../discussion/discussion-cast.ts';
import { type mergingIn, moderationOf, useMerging } from './merged-forum.ts';

describe.each(engines)('merging on %s', (engine) => {
  const merging = useMerging(engine);
  let forum: Forum;
  let garden: ReturnType<typeof merging>['garden'];
  let tools: ReturnType<typeof mergingIn>;
  let [a, b, c] = ['', '', ''];
  beforeEach(() => {
    ({ forum, garden, tools, a, b, c } = merging());
  });
  const discussion = async (id: string, selection: string) =>
    (await forum.as('mod').ask(`query ($id: ID!) { discussion(id: $id) { ${selection} } }`, { id })).data
      .discussion;

  test('the question and the comments become comments of the destination, in their order, with replies and votes', async () => {
    const { commentIn, merge, vote, thread } = tools;
    const one = await commentIn(a, 'ben', 'One');
    const reply = await commentIn(a, 'cleo', 'Reply', one);
    await commentIn(a, 'ben', 'Deeper', reply);
    const gone = await commentIn(a, 'cleo', 'Gone');
    await commentIn(a, 'ben', 'Below', gone);
    await forum.as('cleo').do('deleteComment', { commentId: gone }, 'clientMutationId');
    await commentIn(b, 'cleo', 'Two');
    await vote('ada', one);
    const { data } = await merge(a, b);
    const { destination, source, comment } = data.mergeDiscussions;
    expect(destination).toMatchObject({ id: b, commentCount: 6 });
    expect(source).toMatchObject({ id: a, mergedInto: { id: b }, mergedComment: { id: comment.id } });
    expect(source).toMatchObject({ mergedAt: forum.now().toISOString(), commentCount: 0 });
    expect(comment).toMatchObject({ body: 'Old, @ben?', author: { name: 'ada' }, replyToId: null });
    expect(comment.discussion).toEqual({ id: b });
    expect(await thread(b)).toEqual(['Old, @ben?', 'One', '-Reply', '--Deeper', 'deleted', '-Below', 'Two']);
    const query =
      'query ($id: ID!) { node(id: $id) { ... on Comment { upvoteCount discussion { id } mentions { name } } } }';
    expect((await forum.ask(query, { id: one })).data.node).toMatchObject({
      ...{ upvoteCount: 1, discussion: { id: b } },
    });
    expect((await forum.ask(query, { id: comment.id })).data.node.mentions).toEqual([{ name: 'ben' }]);
  });

  test('votes on the two questions become one of each author, views and bookmarks too, and the undo separates them', async () => {
    const { merge, unmerge, vote } = tools;
    const STATE = 'upvoteCount downvoteCount netUpvotes';
    await vote('cleo', a);
    await vote('vic', a);
    await vote('cleo', b, 'DOWN');
    await vote('ben', a); // the author of the destination cannot vote on it
    const BOOKMARKED = 'discussion { id }';
    for (const [name, id] of [
      ['cleo', a],
      ['cleo', b],
      ['vic', a],
    ] as const)
      await forum.as(name).do('addBookmark', { discussionId: id }, BOOKMARKED);
    const before = await discussion(b, STATE);
    await merge(a, b);
    expect(await discussion(b, STATE)).toEqual({ upvoteCount: 1, downvoteCount: 1, netUpvotes: 0 });
    const bookmarks = async (name: string) => {
      const { data } = await forum.as(name).ask('{ viewer { bookmarks { nodes { discussion { id } } } } }');
      return data.viewer.bookmarks.nodes.map((one: { discussion: { id: string } }) => one.discussion.id);
    };
    expect([await bookmarks('cleo'), await bookmarks('vic')]).toEqual([[b], [b]]);
    await unmerge(a);
    expect(await discussion(b, STATE)).toEqual(before);
    expect(await discussion(a, STATE)).toEqual({ upvoteCount: 3, downvoteCount: 0, netUpvotes: 3 });
    expect([(await bookmarks('cleo')).sort(), await bookmarks('vic')]).toEqual([[a, b].sort(), [a]]);
    for (const id of [a, b]) await forum.as('cleo').do('removeBookmark', { discussionId: id }, BOOKMARKED);
    await forum.as('vic').do('removeBookmark', { discussionId: a }, BOOKMARKED);
  });

  test('every name of the source finds the destination, and `node` the source, also after the destination was merged', async () => {
    const externalId = `page ${rowIdOf('Discussion', a)}`;
    const d = await ask(forum.as('ada'), { title: 'Embedded?', externalId, categoryId: garden.fruit });
    const { slug, url } = await discussion(d, 'slug url');
    await tools.merge(d, b);
    const names = async () => {
      const query = `query ($id: ID!, $slug: String!, $url: URI!, $key: String!) { id: discussion(id: $id) { id }
        slug: discussion(slug: $slug) { id } url: discussion(url: $url) { id }
        key: discussion(externalId: $key) { id } node(id: $id) { id ... on Discussion { slug body mergedInto { id } } } }`;
      const { node, ...found } = (await forum.ask(query, { id: d, slug, url, key: externalId })).data;
      expect(node).toMatchObject({ id: d, slug, body: '', mergedInto: found.id });
      return new Set(Object.values(found as Record<string, { id: string }>).map(({ id }) => id));
    };
    expect(await names()).toEqual(new Set([b]));
    await tools.merge(b, c);
    expect(await names()).toEqual(new Set([c]));
    const MERGED = 'mergedDiscussions { totalCount nodes { id } }';
    expect((await discussion(c, MERGED)).mergedDiscussions).toEqual({
      ...{ totalCount: 2, nodes: [{ id: d }, { id: b }] },
    });
    const found = await forum
      .as('vic')
      .do(
        'findOrCreateDiscussion',
        { externalId, title: 'Embedded?', body: 'Text' },
        'discussion { id } isNew',
      );
    expect(found.data.findOrCreateDiscussion).toEqual({ discussion: { id: c }, isNew: false });
    const taken = { externalId, title: 'Again', body: 'Text' };
    const again = await forum.as('mod').do('createDiscussion', taken, 'discussion { id }');
    expect(refusalOf(again)).toEqual({ code: 'CONFLICT', field: 'input.externalId' });
    // the undo of the first merge waits for that of the second
    expect(refusalOf(await tools.unmerge(d))).toEqual({ code: 'CONFLICT', field: 'input.sourceId' });
    await tools.unmerge(b);
    expect(await names()).toEqual(new Set([b]));
    await tools.unmerge(d);
    expect((await discussion(d, 'id body mergedInto { id }')).mergedInto).toBeNull();
    await tools.merge(d, b);
    await forum.as('mod').do('deleteDiscussion', { discussionId: b }, 'clientMutationId');
    for (const field of ['node', 'discussion'])
      expect(refusalOf(await forum.ask(`{ ${field}(id: "${d}") { id } }`))).toEqual({
        ...{ code: 'NOT_FOUND', field: 'id' },
      });
  });

  test('the destination keeps its answer; without one it takes the answer of the source', async () => {
    const { commentIn, merge, unmerge } = tools;
    const accept = (by: string, commentId: string) =>
      forum.as(by).do('markCommentAsAnswer', { commentId }, 'comment { id }');
    const ofA = await commentIn(a, 'cleo', 'Answer of the old one');
    const ofC = await commentIn(c, 'ada', 'Answer of the third one');
    await accept('ada', ofA);
    await accept('cleo', ofC);
    const answer = async (id: string) =>
      (await discussion(id, 'answer { id } answeredBy { name }')).answer?.id;
    const first = (await merge(a, b)).data.mergeDiscussions;
    expect([first.destination.answer, first.unmarkedAnswer]).toEqual([{ id: ofA }, null]);
    await unmerge(a);
    expect([await answer(a), await answer(b)]).toEqual([ofA, undefined]);
    const second = (await merge(a, c)).data.mergeDiscussions;
    expect([second.destination.answer, second.unmarkedAnswer]).toEqual([{ id: ofC }, { id: ofA }]);
    await unmerge(a);
    expect([await answer(a), await answer(c)]).toEqual([ofA, ofC]);
  });

  test('duplicates and related links lead to the destination, and back', async () => {
    const mark = (discussionId: string, originalId: string) =>
      forum.as('mod').do('markDuplicate', { discussionId, originalId }, 'discussion { id }');
    const link = { discussionId: c, relatedDiscussionId: a };
    await forum.as('mod').do('addRelatedDiscussion', link, 'discussion { id }');
    const shown = async () => {
      const state = await discussion(c, 'duplicateOf { id } relatedDiscussions { discussion { id } }');
      return [state.duplicateOf?.id, state.relatedDiscussions[0]?.discussion?.id];
    };
    await mark(c, a);
    expect(refusalOf(await tools.merge(a, c))).toEqual({ code: 'CONFLICT', field: 'input.destinationId' });
    await tools.merge(a, b);
    expect(await shown()).toEqual([b, b]);
    const query = `{ search(query: "Third is:duplicate") { nodes { subject { ... on Discussion { id } } } } }`;
    expect((await forum.ask(query)).data.search.nodes).toEqual([{ subject: { id: c } }]);
    await tools.unmerge(a);
    expect(await shown()).toEqual([a, a]);
  });

  test('a search finds the text where it is, lists and the trash do not show the source', async () => {
    const body = `Quokka${a.slice(-6)}`;
    await forum.as('ada').do('updateDiscussion', { discussionId: a, body }, 'discussion { id }');
    const found = async () => {
      const query = `query ($query: String!) { search(query: $query) { nodes { subject { __typename
        ... on Discussion { id } ... on Comment { discussion { id } } } } } }`;
      return (await forum.ask(query, { query: body })).data.search.nodes.map(
        (one: object) => Object.values(one)[0],
      );
    };
    await tools.merge(a, b);
    expect(await found()).toEqual([{ __typename: 'Comment', discussion: { id: b } }]);
    const { data } = await forum
      .as('mod')
      .ask(
        '{ discussions(first: 100) { nodes { id } } viewer { deletedDiscussions(first: 100) { nodes { discussionId } } } }',
      );
    const listed = [...data.discussions.nodes, ...data.viewer.deletedDiscussions.nodes].flatMap((one) =>
      Object.values(one),
    );
    expect([listed.includes(a), listed.includes(b)]).toEqual([false, true]);
    await tools.unmerge(a);
    expect(await found()).toEqual([{ __typename: 'Discussion', id: a }]);
  });

  test('what is written to the source reaches the destination, or says that it was merged', async () => {
    const reply = await tools.commentIn(a, 'ben', 'First');
    await tools.merge(a, b);
    await tools.commentIn(a, 'cleo', 'Late', reply);
    expect(await tools.thread(b)).toEqual(['Old, @ben?', 'First', '-Late']);
    const rows = await rowsOf(forum.db);
    const writes: [string, Record<string, unknown>, string][] = [
      ['updateDiscussion', { discussionId: a, title: 'Other' }, 'input.discussionId'],
      ['deleteDiscussion', { discussionId: a }, 'input.discussionId'],
      ['restoreDiscussion', { discussionId: a }, 'input.discussionId'],
      ['setVote', { subjectId: a, direction: 'UP' }, 'input.subjectId'],
      ['addBookmark', { discussionId: a }, 'input.discussionId'],
      ['mergeDiscussions', { sourceId: a, destinationId: c }, 'input.sourceId'],
      ['mergeDiscussions', { sourceId: b, destinationId: a }, 'input.destinationId'],
    ];
    for (const [mutation, input, field] of writes)
      expect(refusalOf(await forum.as('mod').do(mutation, input, 'clientMutationId')), mutation).toEqual({
        ...{ code: 'CONFLICT', field },
      });
    expect(await rowsOf(forum.db)).toEqual(rows);
    await forum.as('mod').do('deleteDiscussion', { discussionId: b }, 'clientMutationId');
    const late = await forum.as('cleo').do('addComment', { discussionId: a, body: 'Late' }, 'comment { id }');
    expect(refusalOf(late)).toEqual({ code: 'NOT_FOUND', field: 'input.discussionId' });
  });

  test('repeats change nothing, and the moderation log says it', async () => {
    const { data } = await tools.merge(a, b);
    const rows = await rowsOf(forum.db);
    forum.wait(1000);
    expect((await tools.merge(a, b)).data).toEqual(data);
    expect(await rowsOf(forum.db)).toEqual(rows);
    await tools.unmerge(a);
    const undone = await rowsOf(forum.db);
    expect((await tools.unmerge(a)).data.unmergeDiscussions).toMatchObject({
      ...{ source: { id: a }, destination: null, removedCommentId: null },
    });
    expect(await rowsOf(forum.db)).toEqual(undone);
    const actions = (await moderationOf(forum, a)).map(({ action, detail }) => [action, detail]);
    const other = rowIdOf('Discussion', b);
    expect(actions).toEqual([
      ['MERGE_DISCUSSION', other],
      ['UNMERGE_DISCUSSION', other],
    ]);
    expect(await moderationOf(forum, b)).toHaveLength(2);
  });
});
