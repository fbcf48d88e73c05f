import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildASTSchema, type GraphQLObjectType, isInputObjectType, isObjectType, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { ACCOUNT_ACTIONS } from '../proof/account-actions.ts';
import { ACTIONS } from '../proof/actions.ts';
import { filesBelow } from './source-files.ts';

/** Mutations that take a secret. Several in one request would be several guesses. */
const SECRETIVE = [
  'createAccount',
  'signIn',
  'changePassword',
  'requestPasswordReset',
  'resetPassword',
  'confirmEmail',
  'requestEmailConfirmation',
];

/** Mutations of a few people only. Their repeats and races are tested in test/api/catalog and test/api/author. */
const NOT_IN_HISTORIES = [
  ...['Category', 'Product', 'Tag'].flatMap((kind) => [`create${kind}`, `update${kind}`, `delete${kind}`]),
  'setAuthorRole',
];

const schema = buildASTSchema(parse(readFileSync(path.join(packageRoot, 'schema.graphql'), 'utf8')));
const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
const names = new Set(mutations.map(({ name }) => name));
const typeOf = (name: string, ending: string) =>
  schema.getType(`${name[0]?.toUpperCase()}${name.slice(1)}${ending}`);

const without = (directive: string, wanted: (name: string) => boolean) =>
  mutations
    .filter(({ name }) => wanted(name))
    .filter(({ astNode }) => !astNode?.directives?.some((one) => one.name.value === directive))
    .map(({ name }) => `${name} needs @${directive} in schema.graphql`);

describe('every mutation', () => {
  test('keeps nothing of a transaction that was rolled back: its side effects are callbacks after the commit', () => {
    const writes = /\bwrite(?:Secret)?\(ctx/g;
    const writing = filesBelow('src').filter(({ text }) => text.match(writes));
    expect(writing.flatMap(({ text }) => text.match(writes) ?? []).length).toBeGreaterThan(30);
    expect(writing.filter(({ text }) => /^ {2}let /m.test(text)).map(({ name }) => name)).toEqual([]);
  });

  test('is stored under its own name beside its idempotency key', () => {
    const writes = /\b(?:write|writeSecret|(?:create|update|delete)Entry)\(\s*ctx,\s*'(\w+)'/g;
    const stored = filesBelow('src').flatMap(({ text }) =>
      [...text.matchAll(writes)].map(([, name]) => name),
    );
    expect(new Set(stored)).toEqual(names);
  });

  test('has a rate limit', () => {
    expect(mutations.length).toBeGreaterThan(0);
    expect(without('rateLimit', () => true)).toEqual([]);
  });

  test('that takes a secret stands alone', () => {
    expect(without('alone', (name) => SECRETIVE.includes(name))).toEqual([]);
  });

  test('takes one input, named after it, that begins with clientMutationId and idempotencyKey', () => {
    for (const { name, args } of mutations) {
      const input = typeOf(name, 'Input');
      expect(args.map((argument) => `${argument.name}: ${argument.type}`)).toEqual([`input: ${input}!`]);
      const members = isInputObjectType(input) ? Object.values(input.getFields()) : [];
      expect(members.slice(0, 2).map((member) => `${member.name}: ${member.type}`)).toEqual([
        'clientMutationId: String',
        'idempotencyKey: String',
      ]);
    }
  });

  test('answers a payload, named after it, that begins with clientMutationId', () => {
    for (const { name, type } of mutations) {
      const payload = typeOf(name, 'Payload');
      expect(String(type)).toBe(`${payload}!`);
      const [first] = isObjectType(payload) ? Object.values(payload.getFields()) : [];
      expect(`${first?.name}: ${first?.type}`).toBe('clientMutationId: String');
    }
  });

  test('says of each nullable member of its payload what a repeat answers', () => {
    const silent = mutations.flatMap(({ name }) => {
      const payload = typeOf(name, 'Payload') as GraphQLObjectType;
      return Object.values(payload.getFields())
        .slice(1)
        .filter(({ type }) => !String(type).endsWith('!'))
        .filter(
          ({ description }) =>
            !/Null if (the request is a repeat and .* since|it has no replies|the viewer hadn't )/.test(
              description ?? '',
            ),
        )
        .map((member) => `${payload.name}.${member.name}`);
    });
    expect(silent).toEqual([]);
  });

  test('has a line in test/proof/actions.ts or account-actions.ts, so that it is repeated and part of random histories', () => {
    const known = [...ACTIONS, ...ACCOUNT_ACTIONS].map(({ mutation }) => mutation);
    expect([...new Set([...known, ...NOT_IN_HISTORIES])].sort()).toEqual([...names].sort());
    expect(known.filter((name) => NOT_IN_HISTORIES.includes(name))).toEqual([]);
  });

  test('is used by a test', () => {
    const tests = ['test', 'scripts/permissions'].flatMap((folder) => filesBelow(folder));
    const sent = (name: string) =>
      tests.some(({ name: file, text }) => !file.startsWith('test/house/') && text.includes(name));
    expect([...names].filter((name) => !sent(name))).toEqual([]);
  });
});

test('every permission names the mutations that it is about, and each is one', () => {
  const odd = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => /^\w+Permissions$/.test(name))
    .flatMap((type) =>
      Object.values(type.getFields()).filter(({ description }) => {
        const [first = ''] = /^`\w+`/.exec(description ?? '') ?? [];
        return !names.has(first.replaceAll('`', ''));
      }),
    );
  expect(odd.map(({ name }) => name)).toEqual([]);
});
