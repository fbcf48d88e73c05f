import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type FieldDefinitionNode, parse, visit } from 'graphql';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/kit/package-root.ts';

/** Mutations that take something secret: guessed, or asked for again and again, in one request. */
const SECRETIVE = [
  'createAccount',
  'signIn',
  'changePassword',
  'requestPasswordReset',
  'resetPassword',
  'confirmEmail',
  'requestEmailConfirmation',
];

const mutations: FieldDefinitionNode[] = [];
const collect = (node: { name: { value: string }; fields?: readonly FieldDefinitionNode[] }) => {
  if (node.name.value === 'Mutation') mutations.push(...(node.fields ?? []));
};
visit(parse(readFileSync(path.join(packageRoot, 'schema.graphql'), 'utf8')), {
  ObjectTypeDefinition: collect,
  ObjectTypeExtension: collect,
});

const without = (directive: string, names: (name: string) => boolean) =>
  mutations
    .filter(({ name }) => names(name.value))
    .filter(({ directives = [] }) => !directives.some((one) => one.name.value === directive))
    .map(({ name }) => `${name.value} needs @${directive} in schema.graphql`);

test('every mutation has a rate limit', () => {
  expect(mutations.length).toBeGreaterThan(0);
  expect(without('rateLimit', () => true)).toEqual([]);
});

test('every mutation that takes a secret stands alone', () => {
  expect(without('alone', (name) => SECRETIVE.includes(name))).toEqual([]);
});
