import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../support/database.ts';
import { type CommentDraft, threadDocument } from '../support/documents.ts';
import { type Forum, openForum } from '../support/forum.ts';

const DISCUSSION_ORDERS = ['HOT', 'TOP', 'NEWEST', 'ACTIVE', 'MOST_COMMENTS', 'CONTROVERSIAL'];
const COMMENT_ORDERS = ['BEST', 'TOP', 'NEWEST', 'OLDEST', 'CONTROVERSIAL'];

/** 23 comments full of ties: same times, same votes; every third is a reply to the first. */
const tied: CommentDraft[] = Array.from({ length: 23 }, (_, n) => ({
  body: `Remark ${n}`,
  postedAt: n % 2 ? '1 day' : '2 days',
  net: [2, 0, -1, 2][n % 4] ?? 0,
  ...(n > 0 && n % 3 === 0 ? { postedAt: '1 day', more: ['Reply to: Comment 1'] } : {}),
}));

interface Connected {
  readonly name: string;
  /** The query of one page; `PAGE` stands for its arguments. */
  readonly query: string;
  readonly at: (data: Record<string, unknown>) => unknown;
}

const inside =
  (...path: string[]) =>
  (data: Record<string, unknown>) =>
    path.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], data);

const FIELDS =
  '{ nodes { id } edges { cursor node { id } } totalCount pageInfo { startCursor endCursor hasNextPage hasPreviousPage } }';
const DISCUSSION = 'discussion(slug: "what-has-many-ties")';

const connections: Connected[] = [
  ...DISCUSSION_ORDERS.flatMap((order) => [
    {
      name: `discussions by ${order}`,
      query: `{ discussions(PAGE, orderBy: ${order}) ${FIELDS} }`,
      at: inside('discussions'),
    },
    {
      name: `Category.discussions by ${order}`,
      query: `{ category(slug: "security-compliance") { discussions(PAGE, orderBy: ${order}) ${FIELDS} } }`,
      at: inside('category', 'discussions'),
    },
  ]),
  ...COMMENT_ORDERS.flatMap((order) => [
    {
      name: `Discussion.comments by ${order}`,
      query: `{ ${DISCUSSION} { comments(PAGE, orderBy: ${order}) ${FIELDS} } }`,
      at: inside('discussion', 'comments'),
    },
    {
      name: `Comment.replies by ${order}`,
      query: `{ ${DISCUSSION} { comments(last: 1, orderBy: NEWEST) { nodes { replies(PAGE, orderBy: ${order}) ${FIELDS} } } } }`,
      at: (data: Record<string, unknown>) => {
        const nodes = inside('discussion', 'comments', 'nodes')(data) as { replies: unknown }[];
        return nodes[0]?.replies;
      },
    },
  ]),
  {
    name: 'a filtered list',
    query: `{ discussions(PAGE, filter: { isAnswered: false, isClosed: false }) ${FIELDS} }`,
    at: inside('discussions'),
  },
  {
    name: 'Product.discussions',
    query: `{ product(slug: "relaydesk") { discussions(PAGE) ${FIELDS} } }`,
    at: inside('product', 'discussions'),
  },
  {
    name: 'Discussion.revisions',
    query: `{ ${DISCUSSION} { revisions(PAGE) ${FIELDS} } }`,
    at: inside('discussion', 'revisions'),
  },
  { name: 'categories', query: `{ categories(PAGE) ${FIELDS} }`, at: inside('categories') },
  { name: 'products', query: `{ products(PAGE) ${FIELDS} }`, at: inside('products') },
  { name: 'tags', query: `{ tags(PAGE) ${FIELDS} }`, at: inside('tags') },
];

interface PageOf {
  readonly nodes: { id: string }[];
  readonly edges: { cursor: string; node: { id: string } }[];
  readonly totalCount: number;
  readonly pageInfo: {
    startCursor: string | null;
    endCursor: string | null;
    hasNextPage: boolean;
    hasPreviousPage: boolean;
  };
}

describe.each(engines)('pages on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'seeded');
    await forum.load(
      threadDocument({ title: 'What has many ties?', category: 'Security Compliance', comments: tied }),
    );
    const { data } = await forum.ask(`{ ${DISCUSSION} { id } }`);
    for (let n = 0; n < 9; n++) {
      const input = { discussionId: data.discussion.id, body: `State ${n}` };
      await forum.as('mod').do('updateDiscussion', input, 'discussion { id }');
    }
  });
  afterAll(() => forum.close());

  async function page(connected: Connected, args: string): Promise<PageOf> {
    const answer = await forum.ask(connected.query.replace('PAGE', args));
    expect(answer.errors).toBeUndefined();
    return connected.at(answer.data) as PageOf;
  }

  test.each(connections)(
    '$name: pages of 1, 2 and 7, from either end, make up the whole',
    async (connected) => {
      const whole = await page(connected, 'first: 100');
      const ids = whole.nodes.map((node) => node.id);
      expect(ids.length).toBeGreaterThan(1);
      expect(new Set(ids).size).toBe(ids.length);
      expect(whole.totalCount).toBe(ids.length);
      expect(whole.edges.map((edge) => edge.node.id)).toEqual(ids);

      for (const size of [1, 2, 7]) {
        const forward: string[] = [];
        let after = '';
        for (let isMore = true; isMore; ) {
          const one = await page(connected, `first: ${size}${after}`);
          forward.push(...one.nodes.map((node) => node.id));
          isMore = one.pageInfo.hasNextPage;
          after = `, after: "${one.pageInfo.endCursor}"`;
        }
        expect(forward).toEqual(ids);

        const backward: string[] = [];
        let before = '';
        for (let isMore = true; isMore; ) {
          const one = await page(connected, `last: ${size}${before}`);
          backward.unshift(...one.nodes.map((node) => node.id));
          isMore = one.pageInfo.hasPreviousPage;
          before = `, before: "${one.pageInfo.startCursor}"`;
        }
        expect(backward).toEqual(ids);
      }
    },
  );

  test('a page between two cursors holds what lies between them', async () => {
    const connected = connections[0] as Connected;
    const { edges } = await page(connected, 'first: 100');
    const [start, end] = [edges[1]?.cursor, edges[5]?.cursor];
    const between = await page(connected, `first: 100, after: "${start}", before: "${end}"`);
    expect(between.nodes).toEqual(edges.slice(2, 5).map((edge) => edge.node));
  });

  test('a page of none is empty and says whether there are any', async () => {
    const none = await page(connections[0] as Connected, 'first: 0');
    expect(none.nodes).toEqual([]);
    expect(none.pageInfo).toEqual({
      startCursor: null,
      endCursor: null,
      hasNextPage: true,
      hasPreviousPage: false,
    });
  });

  test('a cursor stays valid when its own row is gone and others came', async () => {
    const connected = connections.find((one) => one.name === 'Discussion.comments by NEWEST') as Connected;
    const before = await page(connected, 'first: 3');
    const rest = await page(connected, `first: 100, after: "${before.pageInfo.endCursor}"`);
    const gone = before.nodes[2]?.id.slice(2) ?? '';
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
