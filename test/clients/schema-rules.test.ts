import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Linter } from 'eslint';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { schemaConfig } from './schema-rules.ts';

const filename = path.join(packageRoot, 'schema.graphql');
const sdl = await readFile(filename, 'utf8');

const lint = (text: string) =>
  new Linter({ cwd: packageRoot })
    .verify(text, [schemaConfig(text)], { filename })
    .map(({ ruleId, line, message }) => `${ruleId?.replace('@graphql-eslint/', '')} ${line}: ${message}`);

test('graphql-eslint finds nothing in schema.graphql, with its recommended and Relay rules', () => {
  expect(lint(sdl)).toEqual([]);
});

test.each([
  ['relay-connection-types', 'a connection without `pageInfo`', '  pageInfo: PageInfo!', '  info: PageInfo!'],
  ['relay-arguments', 'a connection without `after`', '    after: String', '    behind: String'],
  ['relay-edge-types', 'an edge without a cursor', '  cursor: String!', '  place: String!'],
  ['relay-page-info', 'a page without `hasNextPage`', '  hasNextPage: Boolean!', '  hasMore: Boolean!'],
  ['naming-convention', 'a field in snake_case', '  bodyText: String!', '  body_text: String!'],
  [
    'strict-id-in-types',
    'a node without an id',
    '  "The tag\'s id."\n  id: ID!',
    '  "The tag\'s id."\n  key: ID!',
  ],
  [
    'no-unreachable-types',
    'a type that nothing uses',
    'scalar HTML',
    'scalar HTML\n\n"None."\nscalar Unused',
  ],
])('with %s, it would find %s', (rule, _what, from, to) => {
  const wrong = sdl.replaceAll(from, to);
  expect(wrong).not.toBe(sdl);
  expect(lint(wrong).filter((found) => found.startsWith(`${rule} `))).not.toEqual([]);
});
