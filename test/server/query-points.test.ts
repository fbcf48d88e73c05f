import { type GraphQLObjectType, getNamedType, isEnumType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SPECIAL_FIELDS } from '../../src/api/limits/field-prices.ts';
import { buildSchema } from '../../src/api/schema.ts';
import { type Apps, openApps, send } from '../support/app.ts';

describe('the points of an operation', () => {
  let apps: Apps;
  let pointsOf: (query: string, variables: object) => Promise<number>;
  beforeAll(async () => {
    apps = await openApps();
    const app = await apps.open({ RATE_LIMITS: 'off' });
    pointsOf = async (query, variables = {}) => {
      const { body } = await send(app, query, { headers: { 'x-query-cost': '1' }, variables });
      return body.extensions.cost.points;
    };
  });
  afterAll(() => apps.close());

  const page =
    '{ discussion(slug: "x") { title comments { nodes { bodyHTML author { name } replies(first: 3) { nodes { bodyHTML } } } } } }';
  const revisions = (field: string) =>
    `{ discussion(slug: "x") { revisions(first: 20) { nodes { ${field} } } } }`;
  const similar = (has: string) =>
    `query ($has: Boolean = true) { discussions(first: 20) @include(if: $has) { nodes { relatedDiscussions(first: 3, hasSimilar: ${has}) { title } } } }`;
  const preview =
    'query ($body: String!) { previewComment(input: { discussionId: "x", body: $body }) { bodyHTML } }';
  test.each([
    ['the smallest', '{ viewer { id } }', 1],
    ["a front end's page", page, 1],
    ['a hundred nodes of one value', '{ discussions(first: 100) { nodes { id } } }', 1],
    [
      'a hundred nodes of ten values',
      `{ discussions(first: 100) { nodes { ${'a b c d e f g h i j'.replace(/\w/g, (n) => `${n}: id`)} } } }`,
      2,
    ],
    ['a count of rows', '{ discussions(first: 1) { totalCount } }', 6],
    [
      'forty counts of rows',
      `{ ${Array.from({ length: 40 }, (_, n) => `a${n}: discussions(first: 1) { totalCount }`).join(' ')} }`,
      202,
    ],
    ['twenty comparisons of titles', similar('true'), 81],
    ['twenty comparisons that a variable decides on', similar('$has'), 81],
    ['none', similar('false'), 1],
    ['a window of time', '{ discussions(first: 1, orderBy: TOP, window: MONTH) { nodes { id } } }', 6],
    ['all time', '{ discussions(first: 1, orderBy: TOP, window: ALL) { nodes { id } } }', 1],
    ['a count that is stored', '{ discussion(slug: "x") { comments(first: 1) { totalCount } } }', 1],
    ['twenty differences', revisions('bodyDiff { text }'), 802],
    ['twenty revisions without', revisions('revision'), 1],
    [
      'forty look-ups by externalId',
      `{ ${Array.from({ length: 40 }, (_, n) => `a${n}: discussion(externalId: "${n}") { id }`).join(' ')} }`,
      2,
    ],
    [
      'forty look-ups by a long externalId',
      `query ($body: String!) { ${Array.from({ length: 40 }, (_, n) => `a${n}: discussion(externalId: $body) { id }`).join(' ')} }`,
      402,
      { body: 'x'.repeat(10_000) },
    ],
    ['a short preview', preview, 1, { body: 'short' }],
    ['a long preview', preview, 61, { body: 'x'.repeat(60_000) }],
  ])('follow its cost: %s', async (_what, query, points, variables?: object) => {
    expect(await pointsOf(query, variables ?? {})).toBe(points);
  });

  // below them there are cursors, ids, whose form is looked at first, and the slugs of a filter, looked up once each
  test('count the texts in the arguments of root fields, and no others', () => {
    const schema = buildSchema();
    const roots = [schema.getQueryType(), schema.getMutationType()];
    const below = Object.values(schema.getTypeMap()).filter(
      (type) => isObjectType(type) && !type.name.startsWith('__') && !roots.includes(type),
    );
    const texts = (below as GraphQLObjectType[])
      .flatMap((type) => Object.values(type.getFields()).flatMap(({ args }) => args))
      .filter(({ type }) => !isEnumType(getNamedType(type)) && getNamedType(type).name !== 'Int');
    const lookups = ['commentId', 'slug']; // too long ones are not looked up
    const others = ['after', 'around', 'before', 'filter', 'hasSimilar'];
    expect([...new Set(texts.map(({ name }) => name))].sort()).toEqual([...others, ...lookups].sort());
  });

  test('are declared for fields that exist', () => {
    const schema = buildSchema();
    for (const name of SPECIAL_FIELDS) {
      const [type = '', field = '', member] = name.split('.');
      const definition = (schema.getType(type) as GraphQLObjectType).getFields()[field];
      expect(definition?.name, name).toBe(field);
      if (member && !definition?.args.some((argument) => argument.name === member))
        expect(String(definition?.type), name).toMatch(/Connection!$/);
    }
  });
});
