import { expect, test } from 'vitest';
import { operationOf } from '../../src/cache/request-key.ts';

const post = (body: object) => operationOf({ method: 'POST', url: '/graphql', headers: {}, body });

test('an operation is known by its document and its name, whatever its variables', () => {
  const query = 'query A { a } mutation B { b }';
  expect(post({ query, operationName: 'A', variables: { n: 1 } })).toBe(post({ query, operationName: 'A' }));
  expect(post({ query, operationName: 'A' })).not.toBe(post({ query, operationName: 'B' }));
  expect(post({ query: '{ a }' })).toBe(post({ query: '{ a }', operationName: null }));
});

test('an operation that somebody has made long, or asks for by its address, is not remembered', () => {
  expect(post({ query: `{ a } # ${'x'.repeat(20_000)}` })).toBeNull();
  expect(operationOf({ method: 'GET', url: '/graphql?query={a}', headers: {} })).toBeNull();
});
