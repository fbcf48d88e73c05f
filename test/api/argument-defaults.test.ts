import { buildSchema, type GraphQLObjectType, graphql, isObjectType } from 'graphql';
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

describe.each(engines)('the API on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'seeded');
  });
  afterAll(() => forum.close());

  test('answers a variable that is null as one that is omitted, wherever an argument has a default', async () => {
    const query = `query ($d: DiscussionOrder, $c: CommentOrder, $n: Int, $t: SearchType, $s: SearchOrder, $b: Boolean) {
      search(query: "how", type: $t, orderBy: $s) { totalCount }
      similarDiscussions(title: "how", first: $n) { similarity }
      pinnedDiscussions(first: $n) { id }
      categories { nodes { discussions(orderBy: $d) { nodes { id } } } }
      products { nodes { discussions(orderBy: $d) { nodes { id } } } }
      tags { nodes { discussions(orderBy: $d) { nodes { id } } } }
      discussions(orderBy: $d) {
        nodes { relatedDiscussions(first: $n, hasSimilar: $b) { title } comments(orderBy: $c) { nodes { id replies(orderBy: $c) { nodes { id } } } } }
      }
    }`;
    const arguments_ = Object.values(buildOwn().getTypeMap())
      .filter(isObjectType)
      .filter(({ name }) => !name.startsWith('__') && name !== 'Mutation')
      .flatMap((type) => Object.values(type.getFields()).map(({ args }) => args))
      .flatMap((args) => args.filter(({ defaultValue }) => defaultValue !== undefined));
    expect(arguments_.length).toBe(query.match(/: \$/g)?.length);
    const omitted = await forum.ask(query);
    expect(omitted.errors).toBeUndefined();
    expect(await forum.ask(query, { d: null, c: null, n: null, t: null, s: null, b: null })).toEqual(omitted);
  });

  test('takes null for a member of an input that has a default', async () => {
    const input = { title: 'No tags at all here', body: 'And none wanted.', tagSlugs: null };
    const answer = await forum.as('ada').do('createDiscussion', input, 'discussion { tags { slug } }');
    expect(answer).toEqual({ data: { createDiscussion: { discussion: { tags: [] } } } });
  });
});
