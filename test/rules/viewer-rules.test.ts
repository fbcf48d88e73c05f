import { expect, test } from 'vitest';
import { hasRights, rightsOf } from '../../src/access/rights.ts';
import {
  isModeratorOf,
  isModeratorOfAll,
  isVendorOf,
  mayWrite,
  requireWriter,
  type Viewer,
} from '../../src/access/viewer.ts';

const viewer = (parts: Partial<Viewer> = {}): Viewer => ({
  ...{ id: 'a', role: 'MEMBER', canWrite: true, moderates: new Set<string>(), speaksFor: new Set<string>() },
  credential: { kind: 'SESSION', id: 's' },
  ...parts,
});
const member = viewer();
const [vendor, otherVendor] = [
  viewer({ role: 'VENDOR', speaksFor: new Set(['p']) }),
  viewer({ role: 'VENDOR', speaksFor: new Set(['q']) }),
];
const [of, ofOthers, ofAll] = [
  viewer({ role: 'MODERATOR', moderates: new Set(['c']) }),
  viewer({ role: 'MODERATOR', moderates: new Set(['d']) }),
  viewer({ role: 'MODERATOR', moderates: 'ALL' }),
];
const admin = viewer({ role: 'ADMIN', moderates: 'ALL' });
// what a role does not cover gives nothing: these sets belong to a role that the author has lost
const former = viewer({ moderates: new Set(['c']), speaksFor: new Set(['p']) });
const formerOfAll = viewer({ role: 'VENDOR', moderates: 'ALL' });

test.each<[string, Viewer | null, boolean, boolean, boolean, boolean, boolean]>([
  ['a guest', null, false, false, false, false, false],
  ['a member', member, false, false, false, false, false],
  ['a vendor', vendor, false, false, false, true, false],
  ['another vendor', otherVendor, false, false, false, false, false],
  ['a moderator', of, true, false, false, false, false],
  ['another moderator', ofOthers, false, false, false, false, false],
  ['a moderator of all', ofAll, true, true, true, false, false],
  ['an admin', admin, true, true, true, false, false],
  ['a member with old scopes', former, false, false, false, false, false],
  ['a vendor with an old scope', formerOfAll, false, false, false, false, false],
])(
  '%s moderates c, moderates no category, moderates all, represents p, represents none',
  (_, who, ...expected) => {
    expect([
      isModeratorOf(who, 'c'),
      isModeratorOf(who, null),
      isModeratorOfAll(who),
      isVendorOf(who, 'p'),
      isVendorOf(who, null),
    ]).toEqual(expected);
  },
);

test('who may write: the viewer, unless their key only reads', () => {
  expect([mayWrite(null).code, mayWrite(viewer({ canWrite: false })).code, mayWrite(member).code]).toEqual([
    ...['UNAUTHENTICATED', 'FORBIDDEN', null],
  ]);
  expect(requireWriter({ viewer: member })).toBe(member);
  for (const one of [null, viewer({ role: 'ADMIN', canWrite: false })])
    expect(() => requireWriter({ viewer: one })).toThrow();
});

const all = { member, vendor, otherVendor, of, ofOthers, ofAll, admin };
const both = viewer({ role: 'MODERATOR', moderates: new Set(['c', 'd']) });

test.each<[string, Viewer, readonly string[]]>([
  ['member', member, ['member', 'vendor', 'otherVendor', 'of', 'ofOthers', 'ofAll', 'admin', 'both']],
  ['vendor', vendor, ['vendor', 'of', 'ofOthers', 'ofAll', 'admin', 'both']],
  ['of', of, ['of', 'ofAll', 'admin', 'both']],
  ['both', both, ['ofAll', 'admin', 'both']],
  ['ofAll', ofAll, ['ofAll', 'admin']],
  ['admin', admin, ['admin']],
])('the rights of %s are had by those with as many or more', (_, had, expected) => {
  const stored = rightsOf(had);
  const have = Object.entries({ ...all, both }).filter(([, who]) => hasRights(who, stored));
  expect(have.map(([name]) => name)).toEqual(expected);
  expect(hasRights(null, stored)).toBe(false);
  expect(hasRights({ ...had, canWrite: false }, stored)).toBe(false);
  expect(hasRights(had, rightsOf({ ...had, canWrite: false }))).toBe(true);
});

test('a guest has the rights of a guest, and so has everybody', () => {
  expect(rightsOf(null)).toBeNull();
  for (const who of [null, ...Object.values(all)]) expect(hasRights(who, null)).toBe(true);
});
