import { readFileSync } from 'node:fs';
import {
  buildASTSchema,
  type GraphQLScalarType,
  getIntrospectionQuery,
  graphql,
  isScalarType,
  isSpecifiedScalarType,
  parse,
} from 'graphql';
import { expect, test } from 'vitest';
import { buildSchema } from '../../src/api/schema.ts';

const schema = buildSchema();

test('introspection describes every scalar as the SDL does', () => {
  const scalars = Object.values(schema.getTypeMap()).filter(isScalarType);
  expect(scalars.filter(({ description }) => !description).map(({ name }) => name)).toEqual([]);
  const contract = buildASTSchema(parse(readFileSync('schema.graphql', 'utf8')));
  const ours = scalars.filter(
    ({ name }) => !isSpecifiedScalarType(contract.getType(name) as GraphQLScalarType),
  );
  expect(ours.map(({ name }) => name).sort()).toEqual(['DateTime', 'HTML', 'JSON', 'URI']);
  for (const { name, description } of ours) expect(description).toBe(contract.getType(name)?.description);
});

test('introspection tells the rate limit of a field, and its price if it costs more than its kind', async () => {
  const { data } = await graphql({ schema, source: getIntrospectionQuery() });
  const types = (data as { __schema: { types: Named[] } }).__schema.types;
  const described = (type: string, field: string) =>
    types.find(({ name }) => name === type)?.fields.find(({ name }) => name === field)?.description ?? '';
  expect(described('Mutation', 'addComment').split('\n\n')).toEqual([
    'Adds a comment to a discussion, or a reply to another comment.',
    'Rate limit: 30 in 60 seconds.',
    'Price: 0.5 points, and more for long inputs. See `QueryLimits.pointsPerMinute`.',
  ]);
  expect(described('Query', 'previewComment')).toContain(
    '\n\nRate limit: 120 in 60 seconds.\n\nPrice: 0.5 points',
  );
  expect(described('Query', 'discussions')).toContain(
    '\n\nPrice: 5 points for `totalCount`, 5 points for `window`.',
  );
  expect(described('CommentRevision', 'bodyDiff')).toContain('\n\nPrice: 40 points.');
  expect(described('Comment', 'bodyHTML')).not.toContain('Price');
});

interface Named {
  readonly name: string;
  readonly fields: { readonly name: string; readonly description: string }[];
}
