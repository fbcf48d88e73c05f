import { describe, expect, test } from 'vitest';
import { handleIn, hashOfProfile, profileIn } from '../../src/identity/external-claims.ts';
import { DEFAULT_CLAIMS } from '../../src/identity/index.ts';

describe('a claim with a path', () => {
  const nameIn = (claims: Record<string, unknown>, name = 'a.b') =>
    profileIn(claims, { ...DEFAULT_CLAIMS, name }).description.name;

  test.each<[object, string | undefined]>([
    [{ a: { b: 'Nested' } }, 'Nested'],
    [{ 'a.b': 'Whole' }, 'Whole'],
    [{ 'a.b': 'Whole', a: { b: 'Nested' } }, 'Whole'],
    [{ a: null }, undefined],
    [{ a: 'b' }, undefined],
    [{ a: 7 }, undefined],
    [{ a: ['b'] }, undefined],
    [{ a: {} }, undefined],
    [{ a: { b: null } }, undefined],
    [{ a: { b: ['Listed'] } }, undefined],
    [{}, undefined],
  ])('in %j gives the name %s', (claims, name) => {
    expect(nameIn(claims as Record<string, unknown>)).toBe(name);
  });

  test.each(['constructor.name', 'a.constructor.name', 'a.length', '__proto__.b', 'toString'])(
    'reaches no member that the token does not have: %s',
    (name) => {
      expect(nameIn({ a: ['x'] }, name)).toBeUndefined();
      expect(nameIn({ a: 'x' }, name)).toBeUndefined();
    },
  );
});

test('claims without a name in the settings are not read', () => {
  const claims = {
    role: 'ADMIN',
    categories: ['a'],
    products: ['b'],
    name: 'Una',
    preferred_username: 'una',
  };
  expect(profileIn(claims, DEFAULT_CLAIMS)).toEqual({ description: { name: 'Una' } });
  expect(profileIn(claims, { ...DEFAULT_CLAIMS, name: null })).toEqual({ description: {} });
  expect(handleIn(claims, { ...DEFAULT_CLAIMS, handle: null })).toBeNull();
  expect(handleIn(claims, DEFAULT_CLAIMS)).toBe('una');
});

test.each<[unknown, string]>([
  [['editor', 'vendor'], 'VENDOR'],
  ['Moderator', 'MODERATOR'],
  [['MEMBER', 'ADMIN', 'VENDOR'], 'ADMIN'],
  [['root'], 'MEMBER'],
  [[], 'MEMBER'],
  [null, 'MEMBER'],
  [[['ADMIN']], 'MEMBER'],
  [true, 'MEMBER'],
])('the claim %j for a role gives %s', (role, expected) => {
  const names = { ...DEFAULT_CLAIMS, role: 'role', categories: 'in', products: 'of' };
  expect(profileIn({ role, in: ['b', 7, 'a', 'b'] }, names)).toEqual({
    description: {},
    role: expected,
    categorySlugs: ['a', 'b'],
    productSlugs: [],
  });
});

test('a profile has another hash once anything in it is another', () => {
  const hash = (name: string, role: 'VENDOR' | 'MEMBER') => hashOfProfile({ description: { name }, role });
  expect(hash('Una', 'MEMBER')).toBe(hash('Una', 'MEMBER'));
  expect(new Set([hash('Una', 'MEMBER'), hash('Una', 'VENDOR'), hash('Uma', 'MEMBER')]).size).toBe(3);
});
