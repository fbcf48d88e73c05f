import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { version } from '../../src/package-root.ts';
import { engines } from '../support/database.ts';
import { CAPTURED_AT, type Forum, openForum } from '../support/forum.ts';

describe.each(engines)('objects by id on %s', (engine) => {
  let forum: Forum;
  let ids: Record<string, string>;
  beforeAll(async () => {
    forum = await openForum(engine, 'seeded');
    const { data } = await forum.ask(`{
      discussion(slug: "what-is-the-difference-between-iso-and-soc2") {
        id product { id } category { id } comments(first: 1) { nodes { id author { id } } } }
      tags(first: 1) { nodes { id } } }`);
    const { discussion, tags } = data;
    const [comment] = discussion.comments.nodes;
    ids = {
      Discussion: discussion.id,
      Product: discussion.product.id,
      Category: discussion.category.id,
      Comment: comment.id,
      Author: comment.author.id,
      Tag: tags.nodes[0].id,
    };
  });
  afterAll(() => forum.close());

  test('every kind of object is found again by the id that an answer gave', async () => {
    for (const [type, id] of Object.entries(ids)) {
      const { data, errors } = await forum.ask('query ($id: ID!) { node(id: $id) { __typename id } }', {
        id,
      });
      expect(errors).toBeUndefined();
      expect(data.node).toEqual({ __typename: type, id });
    }
  });

  test.each([
    ['Discussion', 'body'],
    ['Discussion', 'bodyHTML'],
    ['Discussion', 'bodyText'],
    ['Discussion', 'revisions { nodes { body } }'],
    ['Comment', 'body'],
    ['Comment', 'bodyHTML'],
    ['Comment', 'bodyText'],
    ['Comment', 'revisions { nodes { body } }'],
  ])(
    'a %s shows its %s alone, whichever way it is asked for: no column is missing that a field needs',
    async (type, field) => {
      const variables = { id: ids[type] };
      const ask = async (selection: string, more = '') => {
        const { data, errors } = await forum.ask(
          `query ($id: ID!) { node(id: $id) { ${selection} } } ${more}`,
          variables,
        );
        expect(errors).toBeUndefined();
        return data.node;
      };
      const all = 'body bodyHTML bodyText revisions { nodes { body } }';
      const name = field.split(' ')[0] ?? '';
      const { [name]: expected } = await ask(`... on ${type} { ${all} }`);
      expect(JSON.stringify(expected).length).toBeGreaterThan(10);
      for (const node of [
        await ask(`... on ${type} { ${field} }`),
        await ask(`... on Votable { ... on ${type} { ${field} } }`),
        await ask('...F', `fragment F on ${type} { ${field} }`),
        await ask('...F', `fragment F on Node { ...G } fragment G on ${type} { ${field} }`),
      ])
        expect(node).toEqual({ [name]: expected });
      expect(await ask(`... on ${type} { renamed: ${field} }`)).toEqual({ renamed: expected });
      // others beside it in one operation neither add nor take a column
      const both = await forum.ask(
        `query ($id: ID!) { one: node(id: $id) { ... on ${type} { ${field} } } other: node(id: $id) { id } }`,
        variables,
      );
      expect(both.data.one).toEqual({ [name]: expected });
    },
  );

  test('nodes answers in the order of the ids, with null and one error for each that is unknown', async () => {
    const asked = [ids['Tag'], 'nonsense', ids['Author'], 'D_00000000000000000000000000', ids['Tag']];
    const { data, errors } = await forum.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: asked,
    });
    expect(data.nodes).toEqual([{ id: asked[0] }, null, { id: asked[2] }, null, { id: asked[4] }]);
    expect(errors).toMatchObject([
      { path: ['nodes', 1], extensions: { code: 'NOT_FOUND', field: 'ids.1' } },
      { path: ['nodes', 3], extensions: { code: 'NOT_FOUND', field: 'ids.3' } },
    ]);
  });

  test('nodes refuses more than 100 ids', async () => {
    const { errors } = await forum.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: Array(101).fill(ids['Tag']),
    });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'ids' } }]);
  });

  test.each([
    ['category(slug: "x")', 'slug', 'No category has the slug "x".'],
    ['product(slug: "x")', 'slug', 'No product has the slug "x".'],
    ['tag(slug: "x")', 'slug', 'No tag has the slug "x".'],
    ['author(id: "x")', 'id', 'No author has the id "x".'],
    ['node(id: "x")', 'id', 'No object has the id "x".'],
  ])('%s answers null and says what is unknown', async (field, at, message) => {
    const { data, errors } = await forum.ask(`{ ${field} { id } }`);
    expect(Object.values(data)).toEqual([null]);
    expect(errors).toMatchObject([{ message, extensions: { code: 'NOT_FOUND', field: at } }]);
  });

  test('a guest is nobody, and serverInfo says what the server is', async () => {
    const { data } = await forum.ask(
      '{ viewer { id } serverInfo { name version now defaultPageSize maxPageSize } }',
    );
    expect(data).toEqual({
      viewer: null,
      serverInfo: {
        name: 'Parley',
        version,
        now: CAPTURED_AT.toISOString(),
        defaultPageSize: 20,
        maxPageSize: 100,
      },
    });
  });

  test('a read leaves no trace: the same rows before and after a page of everything', async () => {
    const rows = () =>
      forum.db.write(async (tx) =>
        JSON.stringify([await tx.discussion.findMany(), await tx.comment.findMany()]),
      );
    const before = await rows();
    await forum.ask('{ discussions(first: 100) { nodes { id comments(first: 100) { nodes { id } } } } }');
    expect(await rows()).toBe(before);
  });
});
