import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';

const HOUR = 60 * 60_000;
const PEOPLE = ['ben', 'cleo', 'dan', 'eve', 'mod'];

describe.each(engines)('the top of a window on %s', (engine) => {
  let forum: Forum;
  const ids = new Map<string, string>();
  const create = async (title: string, votes: number) => {
    const made = await forum.as('ada').do('createDiscussion', { title, body: 'x' }, 'discussion { id }');
    const { id } = made.data.createDiscussion.discussion;
    ids.set(title, id);
    for (const name of PEOPLE.slice(0, votes)) await vote(name, id);
    return id;
  };
  const vote = (name: string, subjectId: string) =>
    forum.as(name).do('setVote', { subjectId, direction: 'UP' }, 'clientMutationId');
  const titles = async (args: string) => {
    const { data, errors } = await forum.ask(
      `{ discussions(${args}, orderBy: TOP) { totalCount nodes { title } pageInfo { endCursor hasNextPage } } }`,
    );
    expect(errors).toBeUndefined();
    const { nodes, totalCount, pageInfo } = data.discussions;
    return { titles: nodes.map(({ title }: { title: string }) => title), totalCount, pageInfo };
  };

  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    await create('Years ago', 5);
    forum.wait(400 * 24 * HOUR);
    await create('Months ago', 4);
    forum.wait(60 * 24 * HOUR);
    await create('Weeks ago', 3);
    forum.wait(20 * 24 * HOUR);
    await create('Days ago', 2);
    forum.wait(3 * 24 * HOUR);
    await create('An hour ago', 1);
    await create('Also an hour ago', 0);
    forum.wait(HOUR);
  });
  afterAll(() => forum.close());

  test.each([
    ['DAY', ['An hour ago', 'Also an hour ago']],
    ['WEEK', ['Days ago', 'An hour ago', 'Also an hour ago']],
    ['MONTH', ['Weeks ago', 'Days ago', 'An hour ago', 'Also an hour ago']],
    ['YEAR', ['Months ago', 'Weeks ago', 'Days ago', 'An hour ago', 'Also an hour ago']],
    ['ALL', ['Years ago', 'Months ago', 'Weeks ago', 'Days ago', 'An hour ago', 'Also an hour ago']],
  ])('%s has what was created in it, most votes first', async (window, expected) => {
    const page = await titles(`window: ${window}`);
    expect(page.titles).toEqual(expected);
    expect(page.totalCount).toBe(expected.length);
  });

  test('pages are of the window of the first page, also when time passes and votes come in', async () => {
    const first = await titles('first: 2, window: WEEK');
    expect(first.titles).toEqual(['Days ago', 'An hour ago']);
    forum.wait(6 * 24 * HOUR); // "Days ago" has left the window
    await create('New', 5);
    await vote('eve', ids.get('An hour ago') ?? '');
    const second = await titles(`first: 2, window: WEEK, after: "${first.pageInfo.endCursor}"`);
    expect(second).toMatchObject({ titles: ['Also an hour ago'], pageInfo: { hasNextPage: false } });
    expect((await titles('first: 5, window: WEEK')).titles).toEqual([
      'New',
      'An hour ago',
      'Also an hour ago',
    ]);
  });

  test('a vote rises what it is for, and nothing is twice or missing on the pages', async () => {
    const seen: string[] = [];
    for (let after = ''; ; ) {
      const page = await titles(`first: 1, window: YEAR${after}`);
      seen.push(...page.titles);
      if (!page.pageInfo.hasNextPage) break;
      after = `, after: "${page.pageInfo.endCursor}"`;
      await vote('eve', ids.get('Also an hour ago') ?? ''); // the first of these moves it up
    }
    expect(new Set(seen).size).toBe(seen.length);
  });

  test.each([
    ['discussions(window: DAY) { nodes { id } }', 'window', 'A `window` needs `orderBy: TOP`.'],
    [
      'discussions(orderBy: TOP, window: DAY, after: CURSOR) { nodes { id } }',
      'after',
      'This cursor has expired',
    ],
    [
      'discussions(orderBy: TOP, window: MONTH, after: CURSOR) { nodes { id } }',
      'after',
      'another sort order',
    ],
  ])('%s is refused', async (query, field, message) => {
    const name = `TOP DAY ${Date.parse('2020-01-01T00:00:00Z')}`;
    const cursor = Buffer.from(JSON.stringify([name, 1, '0'.repeat(26)])).toString('base64url');
    const { errors } = await forum.ask(`{ ${query.replace('CURSOR', JSON.stringify(cursor))} }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
    expect(errors?.[0]?.message).toContain(message);
  });

  test('rankExplanation has the value by which discussions and comments are sorted', async () => {
    const discussionId = ids.get('Days ago') ?? '';
    for (const body of ['a', 'b'])
      await forum.as('ben').do('addComment', { discussionId, body }, 'comment { id }');
    for (const order of ['HOT', 'TOP', 'NEWEST', 'ACTIVE', 'MOST_COMMENTS', 'CONTROVERSIAL']) {
      const { data } = await forum.ask(
        `{ discussions(orderBy: ${order}) { nodes { rankExplanation(orderBy: ${order}) { value formula source } } } }`,
      );
      const values = data.discussions.nodes.map(
        (one: { rankExplanation: { value: number } }) => one.rankExplanation.value,
      );
      expect(values).toEqual([...values].sort((a: number, b: number) => b - a));
    }
    const { data } = await forum.ask(
      'query ($id: ID!) { discussion(id: $id) { comments { nodes { rankExplanation { value inputs { name value } } } } } }',
      { id: discussionId },
    );
    expect(data.discussion.comments.nodes[0].rankExplanation).toEqual({
      value: 0,
      inputs: [
        { name: 'upvotes', value: 0 },
        { name: 'downvotes', value: 0 },
        { name: 'z', value: 1.2816 },
      ],
    });
  });
});
