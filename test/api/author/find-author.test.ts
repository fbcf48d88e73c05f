import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';

const PEOPLE = ['Ada Lovelace', 'Ada Byron', 'Adam', 'Jürgen Müller', 'zoë', 'Édith'];
const COUNTS = 'discussionCount commentCount acceptedAnswerCount receivedUpvoteCount receivedDownvoteCount';

describe.each(engines)('author and authors on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    for (const name of PEOPLE) await forum.as(name).token();
  });
  afterAll(() => forum.close());

  const find = (query: string, args = '') =>
    forum.as('Adam').ask(
      `query ($q: String) { authors(query: $q ${args}) { totalCount nodes { handle }
      pageInfo { endCursor hasNextPage } } }`,
      { q: query },
    );
  const handles = async (query: string) => {
    const { data, errors } = await find(query);
    expect(errors).toBeUndefined();
    expect(data.authors.totalCount).toBe(data.authors.nodes.length);
    return data.authors.nodes.map((node: { handle: string }) => node.handle);
  };

  test.each([
    ['ada', ['ada-byron', 'ada-lovelace', 'adam']],
    ['@ADA', ['ada-byron', 'ada-lovelace', 'adam']],
    ['Ada L', ['ada-lovelace']],
    ['ada-', ['ada-byron', 'ada-lovelace', 'adam']],
    ['Jürgen', ['juergen-mueller']],
    ['edith', ['edith']],
    ['É', ['edith']],
    ['zoe', ['zoe']],
    ['lovelace', ['ada-lovelace']],
    ['李', []],
    ['_%', []],
    ['', ['ada-byron', 'ada-lovelace', 'adam', 'edith', 'juergen-mueller', 'zoe']],
    [' @ ', ['ada-byron', 'ada-lovelace', 'adam', 'edith', 'juergen-mueller', 'zoe']],
  ])('%j finds %j, in the order of what begins with it', async (query, found) => {
    expect(await handles(query)).toEqual(found);
  });

  test('is paged, refuses guests and a query that is too long', async () => {
    const first = (await find('ada', ', first: 2')).data.authors;
    expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    const rest = (await find('ada', `, first: 2, after: "${first.pageInfo.endCursor}"`)).data.authors;
    expect(rest.nodes).toEqual([{ handle: 'adam' }]);
    expect(refusalOf(await forum.ask('{ authors(query: "ada") { totalCount } }'))).toEqual({
      code: 'UNAUTHENTICATED',
    });
    const tooLong = { code: 'BAD_USER_INPUT', field: 'query' };
    expect(refusalOf(await find('x'.repeat(101)))).toEqual(tooLong);
    expect((await find('x'.repeat(100))).errors).toBeUndefined();
  });

  test('an author is found by handle in whatever case, or by id, and by one of them alone', async () => {
    const { data } = await forum.ask('{ author(handle: "Ada-Lovelace") { id name handle } }');
    expect(data.author).toMatchObject({ name: 'Ada Lovelace', handle: 'ada-lovelace' });
    const byId = await forum.ask('query ($id: ID!) { author(id: $id) { name } }', { id: data.author.id });
    expect(byId.data.author).toEqual({ name: 'Ada Lovelace' });
    for (const handle of ['nobody', '', '@adam', 'x'.repeat(500)])
      expect(
        refusalOf(await forum.ask('query ($h: String) { author(handle: $h) { id } }', { h: handle })),
      ).toEqual({
        code: 'NOT_FOUND',
        field: 'handle',
      });
    const both = `{ author(id: "${data.author.id}", handle: "adam") { id } }`;
    expect(refusalOf(await forum.ask(both))).toEqual({ code: 'BAD_USER_INPUT', field: 'handle' });
    expect(refusalOf(await forum.ask('{ author { id } }'))).toEqual({ code: 'BAD_USER_INPUT', field: 'id' });
  });

  test('counts what is visible: nothing that is deleted, or below a deleted discussion', async () => {
    const [ada, ben] = [forum.as('Ada Lovelace'), forum.as('Ada Byron')];
    const counts = async (handle: string) =>
      (await forum.ask(`query ($h: String) { author(handle: $h) { ${COUNTS} } }`, { h: handle })).data.author;
    const nothing = { discussionCount: 0, commentCount: 0, acceptedAnswerCount: 0 };
    const noVotes = { receivedUpvoteCount: 0, receivedDownvoteCount: 0 };
    expect(await counts('ada-byron')).toEqual({ ...nothing, ...noVotes });
    const start = async () => {
      const made = await ada.do('createDiscussion', { title: 'Q', body: 'Why?' }, 'discussion { id }');
      return made.data.createDiscussion.discussion.id as string;
    };
    const say = async (discussionId: string) => {
      const said = await ben.do('addComment', { discussionId, body: 'So.' }, 'comment { id }');
      return said.data.addComment.comment.id as string;
    };
    const [one, two] = [await start(), await start()];
    const [first, second] = [await say(one), await say(one)];
    const elsewhere = await say(two);
    for (const commentId of [first, elsewhere])
      await ada.do('markCommentAsAnswer', { commentId }, 'clientMutationId');
    const vote = (who: string, subjectId: string, direction: string) =>
      forum.as(who).do('setVote', { subjectId, direction }, 'clientMutationId');
    await vote('Adam', first, 'UP');
    await vote('zoë', first, 'UP');
    await vote('Adam', second, 'DOWN');
    await vote('Adam', one, 'UP');
    await vote('Adam', elsewhere, 'UP');
    expect(await counts('ada-byron')).toEqual({
      ...{ discussionCount: 0, commentCount: 3, acceptedAnswerCount: 2 },
      ...{ receivedUpvoteCount: 3, receivedDownvoteCount: 1 },
    });
    expect(await counts('ada-lovelace')).toEqual({
      ...{ discussionCount: 2, commentCount: 0, acceptedAnswerCount: 0 },
      ...{ receivedUpvoteCount: 1, receivedDownvoteCount: 0 },
    });
    await forum.as('mod').do('deleteDiscussion', { discussionId: two }, 'clientMutationId');
    await ben.do('deleteComment', { commentId: second }, 'clientMutationId');
    expect(await counts('ada-byron')).toEqual({
      ...{ discussionCount: 0, commentCount: 1, acceptedAnswerCount: 1 },
      ...{ receivedUpvoteCount: 2, receivedDownvoteCount: 0 },
    });
    expect(await counts('ada-lovelace')).toMatchObject({ discussionCount: 1, receivedUpvoteCount: 1 });
  });
});
