import { type OperationDefinitionNode, parse } from 'graphql';
import { expect, test } from 'vitest';
import { addPriced, unitsFound } from '../../src/api/limits/price-sums.ts';
import { pricedOperation } from '../../src/api/limits/priced-lists.ts';
import { fragmentsOf } from '../../src/api/limits/query-cost.ts';
import { buildSchema } from '../../src/api/schema.ts';

const schema = buildSchema();

/** The units of an operation before it runs, and those of an answer. */
function unitsOf(query: string, data: object, variables = {}) {
  const document = parse(query);
  const operation = document.definitions[0] as OperationDefinitionNode;
  const { root } = pricedOperation(schema, operation, fragmentsOf(document, operation));
  const most = { nodes: 0, units: 0 };
  addPriced(most, root, 1, variables);
  return { most: most.units, found: unitsFound(root, data, variables) };
}

const replies = (count: number) => ({ nodes: Array.from({ length: count }, () => ({ id: 'C_1' })) });
const NESTED = `query ($size: Int!) { discussion(slug: "x") { best: comments(first: $size) {
  nodes { id replies(first: 3) { nodes { id } } } } } }`;
const thread = (sizes: readonly number[]) => ({
  discussion: { best: { nodes: sizes.map((count) => ({ id: 'C_1', replies: replies(count) })) } },
});

test('full pages cost what was taken for them', () => {
  const { most, found } = unitsOf(NESTED, thread([3, 3]), { size: 2 });
  expect(found).toBe(most);
});

test.each([
  ['a page that is half full', thread([3]), thread([3, 3])],
  ['no replies', thread([0, 0]), thread([1, 0])],
  ['an empty page', thread([]), thread([0])],
  ['no discussion', { discussion: null }, thread([0])],
])('%s costs less', (_what, less, more) => {
  const variables = { size: 2 };
  expect(unitsOf(NESTED, less, variables).found).toBeLessThan(unitsOf(NESTED, more, variables).found);
});

test('a list that is longer than was assumed costs what was taken', () => {
  const query = '{ discussion(slug: "x") { tags { name } } }';
  const tags = (count: number) => ({ discussion: { tags: Array(count).fill({ name: 'a' }) } });
  const { most, found } = unitsOf(query, tags(12));
  expect(found).toBe(most);
  expect(unitsOf(query, tags(4)).found).toBeLessThan(most);
});

test('nodes and edges of one page are one list, as they are before', () => {
  const query = '{ discussions(first: 2) { nodes { id } rows: edges { node { tags { name } } } } }';
  const edge = { node: { tags: Array(10).fill({ name: 'a' }) } };
  const { most, found } = unitsOf(query, { discussions: { nodes: [{}, {}], rows: [edge, edge] } });
  expect(found).toBe(most);
});

test('what is selected from another type costs nothing more', () => {
  const query = `{ node(id: "D_1") { id ...Thread ... on Comment { replies(first: 50) { nodes { id } } } } }
    fragment Thread on Discussion { comments(first: 50) { nodes { id } } }`;
  const comment = unitsOf(query, { node: { id: 'C_1', replies: replies(50) } });
  const nothing = unitsOf(query, { node: { id: 'C_1', replies: replies(0) } });
  expect(comment.found - nothing.found).toBeGreaterThan(200);
  expect(comment.most - comment.found).toBeGreaterThan(200);
});

test('a page of which only the count or the cursors are asked for costs what was taken', () => {
  const query = '{ discussions(first: 40) { totalCount pageInfo { hasNextPage } } }';
  const { most, found } = unitsOf(query, {
    discussions: { totalCount: 3, pageInfo: { hasNextPage: false } },
  });
  expect(found).toBe(most);
});
