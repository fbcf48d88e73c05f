import { isInputType, isScalarType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SCALAR_FORMS } from '../../src/api/scalars.ts';
import { buildSchema } from '../../src/api/schema.ts';
import { type Forum, openForum } from '../support/forum.ts';

const SECRET = 'hunter2-secret';
const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { token } }';
const LIST = `query ($filter: DiscussionFilter, $order: DiscussionOrder, $first: Int) {
  discussions(filter: $filter, orderBy: $order, first: $first) { nodes { id } }
}`;

let forum: Forum;
beforeAll(async () => {
  forum = await openForum('sqlite', 'empty');
});
afterAll(() => forum.close());

describe('a variable that is refused is named, and its value is not repeated', () => {
  test.each([
    ['text in the place of an object', SIGN_IN, { input: SECRET }, ['input']],
    ['nothing', SIGN_IN, {}, ['input']],
    ['null', SIGN_IN, { input: null }, ['input']],
    ['a missing member', SIGN_IN, { input: { email: 'a@b.example' } }, ['input.password']],
    [
      'a member that is null',
      SIGN_IN,
      { input: { email: 'a@b.example', password: null } },
      ['input.password'],
    ],
    ['a list', SIGN_IN, { input: { email: 'a@b.example', password: [SECRET] } }, ['input.password']],
    [
      'an object',
      SIGN_IN,
      { input: { email: { of: SECRET }, password: { is: SECRET } } },
      ['input.email', 'input.password'],
    ],
    ['a number', SIGN_IN, { input: { email: 'a@b.example', password: 20261129 } }, ['input.password']],
    [
      'a member that does not exist',
      SIGN_IN,
      { input: { email: 'a', password: SECRET, pass: SECRET } },
      ['input.pass'],
    ],
    ['an enum value', LIST, { order: SECRET }, ['orderBy']],
    ['a number as text', LIST, { first: SECRET }, ['first']],
    ['a number that is no whole one', LIST, { first: 1.5 }, ['first']],
    ['a time', LIST, { filter: { createdAfter: SECRET } }, ['filter.createdAfter']],
    [
      'a value in a list',
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      { ids: ['a', { b: SECRET }, null] },
      ['ids.1', 'ids.2'],
    ],
  ])('%s', async (_what, query, variables, fields) => {
    const { errors = [], data } = await forum.ask(query, variables);
    expect(data).toBeUndefined();
    expect(errors.map(({ extensions }) => extensions)).toEqual(
      fields.map((field) => ({ code: 'BAD_USER_INPUT', field })),
    );
    expect(JSON.stringify(errors)).not.toMatch(/hunter2|20261129/);
    for (const { message } of errors) expect(message).toMatch(/^(`[\w.$]+` (must|is)|Field "pass") .*\.$/);
  });
});

describe('a literal that is refused is not repeated', () => {
  test.each([
    [`mutation { signIn(input: "${SECRET}") { token } }`],
    [`mutation { signIn(input: { email: 5, password: ["${SECRET}"] }) { token } }`],
    [`mutation { signIn(input: { email: "a", password: { is: "${SECRET}" } }) { token } }`],
    ['mutation { signIn(input: { email: "a", password: 20261129 }) { token } }'],
    [`{ discussions(first: "${SECRET}") { nodes { id } } }`],
    [`{ discussions(orderBy: "${SECRET}") { nodes { id } } }`],
    [`{ discussions(filter: { createdAfter: "${SECRET}" }) { nodes { id } } }`],
    [`mutation { signIn(input: { email: "a", password "${SECRET}" }) { token } }`],
    [`mutation { signIn(input: { email: "a", password: """${SECRET}""" """${SECRET}""" }) { token } }`],
    ['mutation { signIn(input: { email: "a", password 20261129 }) { token } }'],
  ])('%s', async (query) => {
    const { errors = [] } = await forum.ask(query);
    expect(errors.length).toBeGreaterThan(0);
    for (const { extensions } of errors) expect(extensions.code).toMatch(/^(GRAPHQL|BAD_USER)/);
    expect(JSON.stringify(errors)).not.toMatch(/hunter2|20261129/);
  });
});

describe('a value in the document is named as a variable is, and not repeated', () => {
  const VOTE = 'mutation { setVote(input: { subjectId: "D1", direction: hunter2_secret }) { __typename } }';
  test.each([
    ['mutation { signIn(input: { email: "a", password: hunter2_secret }) { token } }', 'input.password'],
    ['mutation { signIn(input: { email: "a", password: 20261129 }) { token } }', 'input.password'],
    ['mutation { signIn(input: { email: "a", password: true }) { token } }', 'input.password'],
    ['mutation { signIn(input: { email: "a", password: null }) { token } }', 'input.password'],
    ['mutation { signIn(input: { email: "a" }) { token } }', 'input.password'],
    ['mutation { signIn(input: { email: "a", password: "b", pass: "hunter2" }) { token } }', 'input.pass'],
    ['mutation { signIn(input: "hunter2") { token } }', 'input'],
    ['mutation { signIn { token } }', 'input'],
    [VOTE, 'input.direction'],
    ['{ discussions(orderBy: hunter2) { nodes { id } } }', 'orderBy'],
    ['{ discussions(hunter: "hunter2") { nodes { id } } }', 'hunter'],
    ['{ discussions(filter: { createdAfter: "hunter2" }) { nodes { id } } }', 'filter.createdAfter'],
    ['{ nodes(ids: ["a", { b: "hunter2" }]) { id } }', 'ids.1'],
    ['{ discussions(first: 1) { nodes { comments(first: "hunter2") { nodes { id } } } } }', 'first'],
    ['query ($n: Int = "hunter2") { discussions(first: $n) { nodes { id } } }', 'n'],
  ])('%s', async (query, field) => {
    const { errors = [] } = await forum.ask(query);
    expect(errors.map(({ extensions }) => extensions)).toEqual([
      { code: 'GRAPHQL_VALIDATION_FAILED', field },
    ]);
    expect(errors[0]?.message).not.toMatch(/hunter2|20261129|true/);
  });

  test('in the words that variables get', async () => {
    const [{ errors: literal }, { errors: variable }] = await Promise.all([
      forum.ask('{ discussions(first: "x") { nodes { id } } }'),
      forum.ask(LIST, { first: 'x' }),
    ]);
    expect(literal?.[0]?.message).toBe(variable?.[0]?.message);
  });
});

test.each([
  ['mutation ($i: SignInInput!) { signIn(input: $i) { token } }', { i: { email: 'a' } }, 'input.password'],
  ['mutation ($p: String!) { signIn(input: { email: "a", password: $p }) { token } }', {}, 'input.password'],
  [
    'query ($n: Int) { ...F } fragment F on Query { discussions(first: $n) { nodes { id } } }',
    { n: 'x' },
    'first',
  ],
  ['query ($x: ID!) { nodes(ids: ["a", $x]) { id } }', { x: {} }, 'ids.1'],
  ['query ($q: String!) { search(query: $q) { nodes { __typename } } }', { q: '\0' }, 'query'],
  [
    'mutation ($i: SignInInput!) { signIn(input: $i) { token } }',
    { i: { email: '\0', password: 'b' } },
    'input.email',
  ],
  ['mutation { signIn(input: { email: "\\u0000", password: "b" }) { token } }', {}, 'input.email'],
])(
  'the path of an error begins with the argument, whatever the variable is called: %s',
  async (query, variables, field) => {
    const { errors } = await forum.ask(query, variables);
    expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'BAD_USER_INPUT', field }]);
  },
);

test('an argument that a variable leaves null is named', async () => {
  const { errors } = await forum.ask('query ($id: ID = "x") { node(id: $id) { id } }', { id: null });
  expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'BAD_USER_INPUT', field: 'id' }]);
});

test('a variable is named by the arguments of its own operation', async () => {
  const query = `query B($v: ID!) { author(id: $v) { ...Other } }
    fragment Other on Author { id }
    query A($v: String!) { ...Lists }
    fragment Lists on Query { authors(query: $v) { nodes { id } } }`;
  const named = async (operationName: string) => {
    const body = JSON.stringify({ query, operationName, variables: { v: {} } });
    const headers = { 'content-type': 'application/json' };
    const { errors } = await (await fetch(`${forum.url}/graphql`, { method: 'POST', headers, body })).json();
    return errors[0].extensions.field;
  };
  expect(await named('A')).toBe('query');
  expect(await named('B')).toBe('id');
});

test('no more than 50 errors name what is wrong', async () => {
  const ids = Array.from({ length: 100 }, () => null);
  const { errors } = await forum.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
  expect(errors).toHaveLength(50);
});

test('every scalar has words for what it must be', () => {
  const scalars = Object.values(buildSchema().getTypeMap()).filter(
    (type) => isScalarType(type) && isInputType(type),
  );
  expect(scalars.map(({ name }) => name).filter((name) => SCALAR_FORMS[name] === undefined)).toEqual([]);
});
