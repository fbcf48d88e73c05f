import {
  buildSchema,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  graphql,
  isLeafType,
  isObjectType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nullMeansDefault } from '../../src/api/argument-defaults.ts';
import { buildSchema as buildOwn } from '../../src/api/schema.ts';
import { engines } from '../support/database.ts';
import { type Forum, openForum } from '../support/forum.ts';

const SDL = `
  type Query { echo(size: Int = 20, order: Order = BEST, none: Int, input: Input, inputs: [Input!]): String! }
  enum Order { BEST WORST }
  input Input { tags: [String!] = ["a"], note: String, more: Input }
`;

function echoing(): { schema: ReturnType<typeof buildSchema>; seen: unknown[] } {
  const schema = buildSchema(SDL);
  const seen: unknown[] = [];
  const { echo } = (schema.getQueryType() as GraphQLObjectType).getFields();
  if (echo)
    echo.resolve = (_source, args) => {
      seen.push(args);
      return JSON.stringify(args);
    };
  return { schema: nullMeansDefault(schema), seen };
}

test.each([
  ['null', 'echo(size: null, order: null, none: null)', { size: 20, order: 'BEST', none: null }],
  ['nothing', 'echo', { size: 20, order: 'BEST' }],
  ['a value', 'echo(size: 0, order: WORST)', { size: 0, order: 'WORST' }],
  ['null in an input', 'echo(input: { tags: null, note: null })', { input: { tags: ['a'], note: null } }],
  ['null further in', 'echo(input: { more: { tags: null } })', { input: { more: { tags: ['a'] } } }],
  ['null in a list', 'echo(inputs: [{ tags: null }])', { inputs: [{ tags: ['a'] }] }],
])('%s for a member with a default is the default', async (_what, field, expected) => {
  const { schema, seen } = echoing();
  const { errors } = await graphql({ schema, source: `{ ${field} }` });
  expect(errors).toBeUndefined();
  expect(seen).toMatchObject([expected]);
});

/** Every argument of a query that has a default. */
const withDefault = Object.values(buildOwn().getTypeMap())
  .filter(isObjectType)
  .filter(({ name }) => !name.startsWith('__') && name !== 'Mutation')
  .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })))
  .flatMap(({ type, field }) => field.args.map((argument) => ({ type, field, argument })))
  .filter(({ argument }) => argument.defaultValue !== undefined)
  .map((one) => ({ ...one, name: `${one.type.name}.${one.field.name}(${one.argument.name}:)` }));

/** What stands around a field of each type. */
const DISCUSSION = 'discussion(slug: "what-is-the-difference-between-iso-and-soc2") {';
const PARENTS: Readonly<Record<string, readonly [inside: string, outside: string]>> = {
  Query: ['', ''],
  Discussion: [DISCUSSION, '}'],
  Author: [`${DISCUSSION} comments { nodes { author {`, '} } } }'],
  Comment: [`${DISCUSSION} comments { nodes {`, '} } }'],
  Product: [`${DISCUSSION} product {`, '} }'],
  Category: [`${DISCUSSION} category {`, '} }'],
  Tag: ['tags { nodes {', '} }'],
};
/** Values of the arguments without a default. */
const GIVEN: Readonly<Record<string, string>> = { query: 'how', title: 'how' };

function selectionOf(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return '';
  const fields = named.getFields();
  if ('nodes' in fields) return '{ nodes { __typename } pageInfo { endCursor } }';
  const leaves = Object.values(fields).filter(
    (one) => isLeafType(getNamedType(one.type)) && one.args.length === 0,
  );
  return `{ ${leaves.map(({ name }) => name).join(' ')} }`;
}

describe.each(engines)('the API on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'seeded');
  });
  afterAll(() => forum.close());

  test.each(withDefault)(
    'answers null for $name as if it were omitted',
    async ({ type, field, argument }) => {
      const [inside, outside] = PARENTS[type.name] ?? ['', ''];
      const given = field.args
        .filter(({ name }) => name in GIVEN)
        .map(({ name }) => `${name}: "${GIVEN[name]}"`);
      const ask = (args: readonly string[], declared: string, variables: Record<string, unknown>) => {
        const list = args.length > 0 ? `(${args.join(', ')})` : '';
        const document = `query ${declared} { ${inside} ${field.name}${list} ${selectionOf(field.type)} ${outside} }`;
        return forum.as('ada').ask(document, variables);
      };
      const omitted = await ask(given, '', {});
      expect(omitted.errors).toBeUndefined();
      const withNull = [
        ...given.filter((one) => !one.startsWith(`${argument.name}:`)),
        `${argument.name}: $v`,
      ];
      expect(await ask(withNull, `($v: ${argument.type})`, { v: null })).toEqual(
        argument.name in GIVEN ? await ask(withNull.slice(0, -1), '', {}) : omitted,
      );
    },
  );

  test('takes null for a member of an input that has a default', async () => {
    const input = { title: 'No tags at all here', body: 'And none wanted.', tagSlugs: null };
    const answer = await forum.as('ada').do('createDiscussion', input, 'discussion { tags { slug } }');
    expect(answer).toEqual({ data: { createDiscussion: { discussion: { tags: [] } } } });
  });
});
