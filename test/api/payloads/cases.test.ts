// Of payloads.test.ts, which runs with the proofs: whether each mutation is in it.
import { expect, test } from 'vitest';
import { buildSchema } from '../../../src/api/schema.ts';
import { payloadOf } from './cache.ts';
import { CASES } from './cases.ts';

test('every mutation has a case', () => {
  const mutations = Object.keys(buildSchema().getMutationType()?.getFields() ?? {});
  expect([...new Set(CASES.map(({ mutation }) => mutation))].sort()).toEqual(mutations.sort());
});

test('every payload that has an edge has a case that compares it with its connection', () => {
  const edges = Object.values(buildSchema().getMutationType()?.getFields() ?? {}).flatMap(({ name }) =>
    [...payloadOf(name).matchAll(/^(\w+Edge) /gm)].map(([, field]) => `${name}.${field}`),
  );
  const compared = CASES.filter(({ edge, changesViewer }) => edge || changesViewer).map(
    ({ mutation, edge }) => `${mutation}.${edge?.[0] ?? 'sessionEdge'}`,
  );
  expect(edges.filter((edge) => !compared.includes(edge))).toEqual([]);
});

test('what a payload cannot hold is named in the description of its mutation, to be fetched again', () => {
  const mutations = buildSchema().getMutationType()?.getFields() ?? {};
  const unnamed = CASES.flatMap(({ mutation, refetched = [] }) => {
    const description = mutations[mutation]?.description ?? '';
    const isNamed = (field: string) =>
      /fetch/i.test(description) &&
      (description.includes(`\`${field.split('.')[1]}\``) ||
        (field.startsWith('Comment.') && description.includes('lists of comments')));
    return refetched.filter((field) => !isNamed(field)).map((field) => `${mutation}: ${field}`);
  });
  expect(unnamed).toEqual([]);
});
