import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUSY_AUTHOR, type ConnectedForum, openConnectedForum } from '../support/connected-forum.ts';
import {
  askAs,
  CONNECTIONS,
  type ConnectionCase,
  connectionIn,
  queryOf,
  titleOf,
} from '../support/connections.ts';
import { engines } from '../support/database.ts';
import { type Forum, openForum } from '../support/forum.ts';

interface Node {
  readonly [key: string]: unknown;
}

interface PageOf {
  readonly nodes: Node[];
  readonly edges: { cursor: string; node: Node }[];
  readonly totalCount: number;
  readonly pageInfo: {
    startCursor: string | null;
    endCursor: string | null;
    hasNextPage: boolean;
    hasPreviousPage: boolean;
  };
}

const named = (title: string) => CONNECTIONS.find((one) => titleOf(one) === title) as ConnectionCase;

describe.each(engines)('pages on %s', (engine) => {
  let opened: ConnectedForum;
  let forum: Forum;
  beforeAll(async () => {
    opened = await openConnectedForum(engine, 6);
    forum = opened.forum;
  });
  afterAll(() => forum.close());

  async function page(one: ConnectionCase, args: string): Promise<PageOf> {
    const { key: node = '{ id }' } = one;
    const selection = `nodes ${node} edges { cursor node ${node} } totalCount
      pageInfo { startCursor endCursor hasNextPage hasPreviousPage }`;
    const query = queryOf(one, args, selection).replace(BUSY_AUTHOR, opened.busyAuthorId);
    const answer = await askAs(forum, one.only ? opened[one.only] : null, query);
    expect(answer.errors).toBeUndefined();
    return connectionIn(one, answer) as PageOf;
  }

  test.each(CONNECTIONS.map((one): [string, ConnectionCase] => [titleOf(one), one]))(
    '%s: pages of 1, 2 and 5, from either end, make up the whole',
    async (_title, one) => {
      const whole = await page(one, 'first: 100');
      const keys = whole.nodes.map((node) => JSON.stringify(node));
      // more than a page of 5 holds
      expect(keys.length).toBeGreaterThan(5);
      expect(new Set(keys).size).toBe(keys.length);
      expect(whole.totalCount).toBe(keys.length);
      expect(whole.edges.map((edge) => edge.node)).toEqual(whole.nodes);

      for (const size of [1, 2, 5]) {
        const forward: Node[] = [];
        for (let after = '', isMore = true; isMore; ) {
          const { nodes, pageInfo } = await page(one, `first: ${size}${after}`);
          forward.push(...nodes);
          isMore = pageInfo.hasNextPage;
          after = `, after: "${pageInfo.endCursor}"`;
        }
        expect(forward).toEqual(whole.nodes);

        if (one.isForwardOnly) continue;
        const backward: Node[] = [];
        for (let before = '', isMore = true; isMore; ) {
          const { nodes, pageInfo } = await page(one, `last: ${size}${before}`);
          backward.unshift(...nodes);
          isMore = pageInfo.hasPreviousPage;
          before = `, before: "${pageInfo.startCursor}"`;
        }
        expect(backward).toEqual(whole.nodes);
      }
    },
  );

  test('a page between two cursors holds what lies between them', async () => {
    const connected = named('Query.discussions by HOT');
    const { edges } = await page(connected, 'first: 100');
    const [start, end] = [edges[1]?.cursor, edges[5]?.cursor];
    const between = await page(connected, `first: 100, after: "${start}", before: "${end}"`);
    expect(between.nodes).toEqual(edges.slice(2, 5).map((edge) => edge.node));
  });

  test('a page of none is empty and says whether there are any', async () => {
    const none = await page(named('Query.discussions by HOT'), 'first: 0');
    expect(none.nodes).toEqual([]);
    expect(none.pageInfo).toEqual({
      startCursor: null,
      endCursor: null,
      hasNextPage: true,
      hasPreviousPage: false,
    });
  });

  test('a cursor stays valid when its own row is gone and others came', async () => {
    const connected = named('Discussion.comments by NEWEST');
    const before = await page(connected, 'first: 3');
    const rest = await page(connected, `first: 100, after: "${before.pageInfo.endCursor}"`);
    const gone = String(before.nodes[2]?.['id']).slice(2);
    await forum.db.write((tx) => tx.comment.update({ where: { id: gone }, data: { deletedAt: new Date() } }));
    const again = await page(connected, `first: 100, after: "${before.pageInfo.endCursor}"`);
    expect(again.nodes).toEqual(rest.nodes);
    await forum.db.write((tx) => tx.comment.update({ where: { id: gone }, data: { deletedAt: null } }));
  });
});

describe.each(engines)('page arguments on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'seeded');
  });
  afterAll(() => forum.close());

  const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const ID = '01h00000000000000000000000';

  test.each([
    ['first: 101', 'first', '`first` is 101: the maximum is 100.'],
    ['first: 1000', 'first', '`first` is 1000: the maximum is 100.'],
    ['last: 101', 'last', '`last` is 101: the maximum is 100.'],
    ['first: -1', 'first', '`first` is -1: it cannot be negative.'],
    ['first: 1, last: 1', 'last', 'Give `first` or `last`, not both.'],
    ['after: ""', 'after', 'This cursor is not valid: "".'],
    ['after: "nonsense"', 'after', 'This cursor is not valid: "nonsense".'],
    [`before: "${cursor(['HOT'])}"`, 'before', `This cursor is not valid: "${cursor(['HOT'])}".`],
    [
      `after: "${cursor(['HOT', 'x', ID])}"`,
      'after',
      `This cursor is not valid: "${cursor(['HOT', 'x', ID])}".`,
    ],
    [
      `after: "${cursor(['HOT', 1, "' OR 1=1"])}"`,
      'after',
      `This cursor is not valid: "${cursor(['HOT', 1, "' OR 1=1"])}".`,
    ],
    [
      `after: "${cursor(['TOP', 1, ID])}"`,
      'after',
      'This cursor belongs to another sort order (TOP, not HOT).',
    ],
  ])('discussions(%s) is refused with the argument’s name', async (args, field, message) => {
    const { data, errors } = await forum.ask(`{ discussions(${args}, orderBy: HOT) { nodes { id } } }`);
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ message, extensions: { code: 'BAD_USER_INPUT', field } }]);
  });

  test.each([
    ['TOP', 1e12],
    ['TOP', 1.5],
    ['NEWEST', 9e15],
    ['NEWEST', 8e15],
    ['NEWEST', -1e14],
  ])(
    'a forged cursor in the order %s with the key %s is refused before it reaches the store',
    async (order, key) => {
      const { errors } = await forum.ask(
        'query ($c: String) { discussions(after: $c, orderBy: ORDER) { nodes { id } } }'.replace(
          'ORDER',
          order,
        ),
        { c: cursor([order, key, ID]) },
      );
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' });
    },
  );
});
