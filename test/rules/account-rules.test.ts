import { describe, expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../src/access/policy.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import {
  mayCreateAccount,
  mayGiveScopes,
  mayManageAccount,
  mayRevokeApiKey,
} from '../../src/identity/account-rules.ts';
import { reducedTo, scopesOf, withIncluded } from '../../src/identity/scopes.ts';

const viewer = (parts: Partial<Viewer> = {}): Viewer => ({
  ...{ id: 'a', role: 'MEMBER', canWrite: true, moderates: new Set<string>(), speaksFor: new Set<string>() },
  credential: { kind: 'SESSION', id: 's' },
  ...parts,
});
const byKey = { credential: { kind: 'API_KEY', id: 'k' } } as const;
const byHost = { credential: { kind: 'EXTERNAL_TOKEN', id: null } } as const;

test.each([
  ['a guest', null, 'UNAUTHENTICATED'],
  ['a viewer with a session', viewer(), null],
  ['a viewer with an external token', viewer(byHost), null],
  ['a key', viewer(byKey), 'FORBIDDEN'],
  ['a read-only key', viewer({ ...byKey, canWrite: false }), 'FORBIDDEN'],
  ['an admin’s key', viewer({ ...byKey, role: 'ADMIN' }), 'FORBIDDEN'],
] as const)('an account is managed by people, not by keys: %s', (_, who, code) => {
  expect(mayManageAccount(who).code).toBe(code);
});

test('accounts are created only if the forum allows it', () => {
  expect(mayCreateAccount(DEFAULT_POLICY).code).toBeNull();
  expect(mayCreateAccount({ ...DEFAULT_POLICY, signUp: false }).code).toBe('FORBIDDEN');
});

describe('scopes', () => {
  test('include those before them, in any order', () => {
    expect(withIncluded([])).toEqual([]);
    expect(withIncluded(['READ'])).toEqual(['READ']);
    expect(withIncluded(['MODERATE', 'READ'])).toEqual(['READ', 'WRITE', 'MODERATE']);
    expect(withIncluded(['ADMIN'])).toEqual(['READ', 'WRITE', 'MODERATE', 'ADMIN']);
  });

  test.each([
    ['MEMBER', ['MEMBER', 'MEMBER', 'MEMBER', 'MEMBER']],
    ['VENDOR', ['VENDOR', 'VENDOR', 'VENDOR', 'VENDOR']],
    ['MODERATOR', ['MEMBER', 'MEMBER', 'MODERATOR', 'MODERATOR']],
    ['ADMIN', ['MEMBER', 'MEMBER', 'MODERATOR', 'ADMIN']],
  ] as const)('give %s the role of the weaker of scope and author: %j', (role, expected) => {
    const keys = (['READ', 'WRITE', 'MODERATE', 'ADMIN'] as const).map((scope) =>
      reducedTo(withIncluded([scope]), role),
    );
    expect(keys.map((key) => key.role)).toEqual(expected);
    expect(keys.map((key) => key.canWrite)).toEqual([false, true, true, true]);
  });

  test.each(['MEMBER', 'VENDOR', 'MODERATOR', 'ADMIN'] as const)(
    'of a key never grow from key to key: %s',
    (role) => {
      for (const scope of ['READ', 'WRITE', 'MODERATE', 'ADMIN'] as const) {
        const own = scopesOf(reducedTo(withIncluded([scope]), role));
        const given = withIncluded([scope]);
        expect(own.every((one) => given.includes(one))).toBe(true);
        const maker = viewer({ ...byKey, ...reducedTo(given, role) });
        for (const other of ['READ', 'WRITE', 'MODERATE', 'ADMIN'] as const)
          expect(mayGiveScopes(maker, withIncluded([other])).isAllowed).toBe(own.includes(other));
      }
    },
  );
});

test('people revoke any of their keys, and a key only itself', () => {
  expect(mayRevokeApiKey(viewer(), 'k').isAllowed).toBe(true);
  expect(mayRevokeApiKey(viewer(byKey), 'k').isAllowed).toBe(true);
  expect(mayRevokeApiKey(viewer(byKey), 'other').code).toBe('FORBIDDEN');
});
