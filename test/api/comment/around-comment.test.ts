import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { type Fixture, openFixture } from './fixture.ts';

interface Node {
  readonly id: string;
}

describe.each(engines)('a thread opened at a linked comment on %s', (engine) => {
  let forum: Forum;
  let fixture: Fixture;
  const ids: string[] = [];
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    fixture = await openFixture(forum);
    for (const chain of [0, 1, 2, 3, 4, 5, 6]) {
      let above: string | undefined;
      for (let depth = 0; depth <= 10; depth++) {
        forum.wait(1_000);
        above = await fixture.say('ada', `${chain}.${depth}`, above);
        ids.push(above);
      }
    }
  });
  afterAll(() => forum.close());

  const level = (below: string): string => `nodes { id replies(first: 2, around: $linked) { ${below} } }`;

  test('opens at a linked comment: one page of each level leads down to it', async () => {
    const linked = ids[5 * 11 + 7] as string;
    let selection = 'nodes { id }';
    for (let depth = 1; depth <= 7; depth++) selection = level(selection);
    const { data, errors } = await forum.ask(
      `query ($id: ID!, $linked: ID!) { discussion(id: $id) {
        comments(first: 3, around: $linked, orderBy: OLDEST) { totalCount pageInfo { hasNextPage hasPreviousPage } ${selection} } } }`,
      { id: fixture.discussionId, linked },
    );
    expect(errors).toBeUndefined();
    let list = data.discussion.comments;
    expect(list.totalCount).toBe(7);
    expect(list.pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: true });
    expect(list.nodes.map((node: Node) => node.id)).toEqual([4, 5, 6].map((chain) => ids[chain * 11]));
    for (let depth = 0; depth < 7; depth++) {
      const onPath = list.nodes.find((node: Node) => node.id === ids[5 * 11 + depth]);
      list = onPath.replies;
    }
    expect(list.nodes).toEqual([{ id: linked }]);
  });

  test.each([
    [1, 0],
    [2, 40],
    [7, 0],
    [7, 40],
    [7, 76],
  ])(
    'a page of %i around comment %i of the whole thread contains it, and continues in both directions',
    async (size, n) => {
      const read = async (args: string) => {
        const { data } = await forum.ask(
          `query ($id: ID!) { discussion(id: $id) { allComments(${args}) {
          nodes { id } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } } }`,
          { id: fixture.discussionId },
        );
        return data.discussion.allComments;
      };
      const { nodes, pageInfo } = await read(`first: ${size}, around: "${ids[n]}"`);
      const found = nodes.map((node: Node) => node.id);
      const start = ids.indexOf(found[0]);
      expect(found).toContain(ids[n]);
      expect(found).toEqual(ids.slice(start, start + found.length));
      expect(found.length).toBeLessThanOrEqual(size);
      expect(pageInfo.hasPreviousPage).toBe(start > 0);
      expect(pageInfo.hasNextPage).toBe(start + found.length < ids.length);
      const next = await read(`first: 100, after: "${pageInfo.endCursor}"`);
      expect(next.nodes.map((node: Node) => node.id)).toEqual(ids.slice(start + found.length));
      const previous = await read(`last: 100, before: "${pageInfo.startCursor}"`);
      expect(previous.nodes.map((node: Node) => node.id)).toEqual(ids.slice(0, start));
    },
  );

  test.each([
    ['an id of nothing', 'C_00000000000000000000000000'],
    ['a malformed id', '#comment'],
    ['an id of a discussion', null],
  ])('around %s is the first page', async (_what, around) => {
    const { data, errors } = await forum.ask(
      `query ($id: ID!, $around: ID) { discussion(id: $id) {
        comments(first: 2, around: $around, orderBy: OLDEST) { nodes { id replies(around: $around) { nodes { id } } } }
        allComments(first: 2, around: $around) { nodes { id } } } }`,
      { id: fixture.discussionId, around: around ?? fixture.discussionId },
    );
    expect(errors).toBeUndefined();
    expect(data.discussion.comments.nodes).toEqual([
      { id: ids[0], replies: { nodes: [{ id: ids[1] }] } },
      { id: ids[11], replies: { nodes: [{ id: ids[12] }] } },
    ]);
    expect(data.discussion.allComments.nodes).toEqual([{ id: ids[0] }, { id: ids[1] }]);
  });

  test('a comment of another discussion is not opened, and its position is not revealed', async () => {
    const other = await openFixture(forum);
    const elsewhere = await other.say('ada', 'Elsewhere');
    const { data } = await forum.ask(
      'query ($id: ID!, $around: ID) { discussion(id: $id) { allComments(first: 1, around: $around) { nodes { id } } } }',
      { id: fixture.discussionId, around: elsewhere },
    );
    expect(data.discussion.allComments.nodes).toEqual([{ id: ids[0] }]);
  });

  test.each(['after: "x"', 'before: "x"', 'last: 2'])('around and %s are refused together', async (args) => {
    const { errors } = await forum.ask(
      `query ($id: ID!, $around: ID) { discussion(id: $id) { comments(around: $around, ${args}) { nodes { id } } } }`,
      { id: fixture.discussionId, around: ids[3] },
    );
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'around' } }]);
  });

  test('the statements of an opened page do not grow with its rows', async () => {
    const count = async (size: number) => {
      const { statements } = await forum.count(
        `query ($id: ID!, $linked: ID!) { discussion(id: $id) {
          allComments(first: ${size}, around: $linked) { nodes { id position ancestors { id } } }
          comments(first: ${size}, around: $linked) { nodes { id replies(first: ${size}, around: $linked) {
            nodes { id replies(first: ${size}, around: $linked) { nodes { id } } } } } } } }`,
        { id: fixture.discussionId, linked: ids[5 * 11 + 7] },
      );
      return statements;
    };
    expect(await count(40)).toBeLessThanOrEqual(await count(10));
  });
});
