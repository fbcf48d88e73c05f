import { getIntrospectionQuery, graphql, isScalarType } from 'graphql';
import { expect, test } from 'vitest';
import { buildSchema } from '../../src/api/schema.ts';

const schema = buildSchema();

test('introspection describes every scalar as the SDL does', () => {
  const scalars = Object.values(schema.getTypeMap()).filter(isScalarType);
  expect(scalars.filter(({ description }) => !description).map(({ name }) => name)).toEqual([]);
  expect(schema.getType('DateTime')?.description).toMatch(/^A point in time: ISO 8601/);
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
