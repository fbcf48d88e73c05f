import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../src/access/verdict.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { mayMarkAsAnswer, mayUnmarkAsAnswer } from '../../src/forum/comment/answer-rules.ts';
import {
  mayDeleteComment,
  mayMarkOfficial,
  mayMarkVerifiedUser,
  mayRestoreComment,
  mayUpdateComment,
} from '../../src/forum/comment/change-rules.ts';

const base: Viewer = {
  ...{ id: '', role: 'MEMBER', canWrite: true, moderates: new Set<string>(), speaksFor: new Set<string>() },
  credential: { kind: 'SESSION', id: null },
};
const people: Record<string, Viewer | null> = {
  guest: null,
  other: { ...base, id: 'other' },
  author: { ...base, id: 'author' },
  reader: { ...base, id: 'author', canWrite: false },
  asker: { ...base, id: 'asker' },
  vendor: { ...base, id: 'vendor', role: 'VENDOR', speaksFor: new Set(['product']) },
  'vendor of another': { ...base, id: 'other vendor', role: 'VENDOR', speaksFor: new Set(['another']) },
  'vendor author': { ...base, id: 'author', role: 'VENDOR', speaksFor: new Set(['product']) },
  'moderator elsewhere': { ...base, id: 'm1', role: 'MODERATOR', moderates: new Set(['elsewhere']) },
  moderator: { ...base, id: 'm2', role: 'MODERATOR', moderates: new Set(['here']) },
  'moderator of all': { ...base, id: 'm3', role: 'MODERATOR', moderates: 'ALL' },
  admin: { ...base, id: 'root', role: 'ADMIN' },
};
const WROTE = 1_000_000;
const comment = {
  ...{ authorId: 'author', createdAt: WROTE, deletedAt: null, deletedById: null },
  isOfficial: false,
};
const discussion = {
  ...{ authorId: 'asker', productId: 'product', categoryId: 'here' },
  ...{ lockedAt: null, mergedIntoId: null },
};
const locked = { ...discussion, lockedAt: WROTE };
const said = (verdict: Verdict) => (verdict.isAllowed ? 'yes' : verdict.code);

/** What a rule says to each of the cast, in the order of `people`. */
const toAll = (rule: (viewer: Viewer | null) => Verdict) =>
  Object.fromEntries(Object.entries(people).map(([name, viewer]) => [name, said(rule(viewer))]));
const nobody = Object.fromEntries(
  Object.keys(people).map((name) => [name, name === 'guest' ? 'UNAUTHENTICATED' : 'FORBIDDEN']),
);
const moderators = { ...nobody, moderator: 'yes', 'moderator of all': 'yes', admin: 'yes' };
const authors = { author: 'yes', 'vendor author': 'yes' };
const lockedAuthors = { author: 'LOCKED', 'vendor author': 'LOCKED' };

describe('text', () => {
  const policy = (editWindowMs: number | null) => ({ editWindowMs });
  const at = (ms: number) => new Date(WROTE + ms);
  test('is changed by its author and by moderators', () => {
    expect(toAll((v) => mayUpdateComment(v, comment, discussion, policy(null), at(1e12)))).toEqual({
      ...moderators,
      ...authors,
    });
    expect(toAll((v) => mayUpdateComment(v, comment, locked, policy(null), at(1)))).toEqual({
      ...moderators,
      ...lockedAuthors,
    });
    // an official text is the vendor's: a moderator may have marked one of somebody who is none
    const official = { ...comment, isOfficial: true };
    expect(toAll((v) => mayUpdateComment(v, official, discussion, policy(null), at(1)))).toEqual({
      ...moderators,
      'vendor author': 'yes',
    });
    const moved = { ...discussion, productId: 'another product' };
    expect(toAll((v) => mayUpdateComment(v, official, moved, policy(null), at(1)))).toEqual(moderators);
    const deleted = { ...comment, deletedAt: WROTE };
    expect(toAll((v) => mayUpdateComment(v, deleted, discussion, policy(null), at(1)))).toEqual(nobody);
    const imported = { ...comment, authorId: null };
    expect(toAll((v) => mayUpdateComment(v, imported, discussion, policy(null), at(1)))).toEqual(moderators);
  });
  test.each([
    [60_000, 'yes'],
    [60_001, 'FORBIDDEN'],
    [-3_600_000, 'yes'],
  ])('%i ms after it was written, in a window of a minute: %s', (ms, expected) => {
    const rule = (v: Viewer | null) => mayUpdateComment(v, comment, discussion, policy(60_000), at(ms));
    expect(said(rule(people['author'] ?? null))).toBe(expected);
    expect(said(rule(people['moderator'] ?? null))).toBe('yes');
  });
});

test.each([
  ['deleted', mayDeleteComment],
  ['restored', mayRestoreComment],
])(
  'a comment is %s by its author and by moderators, and what others deleted by moderators alone',
  (_, may) => {
    const own = { ...comment, deletedAt: 1, deletedById: 'author' };
    for (const one of [comment, own]) {
      expect(toAll((v) => may(v, one, discussion))).toEqual({ ...moderators, ...authors });
      expect(toAll((v) => may(v, one, locked))).toEqual({ ...moderators, ...lockedAuthors });
    }
    for (const deletedById of ['m2', null])
      expect(toAll((v) => may(v, { ...own, deletedById }, discussion))).toEqual(moderators);
  },
);

test('official is what a vendor wrote and says so, or a moderator says so', () => {
  expect(toAll((v) => mayMarkOfficial(v, comment, discussion))).toEqual({
    ...moderators,
    'vendor author': 'yes',
  });
  expect(toAll((v) => mayMarkOfficial(v, { ...comment, deletedAt: 1 }, discussion))).toEqual(nobody);
});

test('moderators say who is a verified user', () => {
  expect(toAll((v) => mayMarkVerifiedUser(v, comment, discussion))).toEqual(moderators);
  expect(toAll((v) => mayMarkVerifiedUser(v, { ...comment, deletedAt: 1 }, discussion))).toEqual(nobody);
});

describe('the answer', () => {
  const deciders = { ...moderators, asker: 'yes', vendor: 'yes', 'vendor author': 'yes' };
  const whileLocked = { ...moderators, asker: 'LOCKED', vendor: 'LOCKED', 'vendor author': 'LOCKED' };
  test('is chosen by the asker, the vendor and moderators, where there are answers', () => {
    expect(toAll((v) => mayMarkAsAnswer(v, comment, discussion, { isAnswerable: 1 }))).toEqual(deciders);
    expect(toAll((v) => mayMarkAsAnswer(v, comment, discussion, { isAnswerable: 0 }))).toEqual(nobody);
    expect(toAll((v) => mayMarkAsAnswer(v, comment, locked, { isAnswerable: true }))).toEqual(whileLocked);
    const deleted = { ...comment, deletedAt: 1 };
    expect(toAll((v) => mayMarkAsAnswer(v, deleted, discussion, { isAnswerable: true }))).toEqual(nobody);
    const uncategorised = toAll((v) =>
      mayMarkAsAnswer(v, comment, { ...discussion, categoryId: null }, null),
    );
    expect(uncategorised).toEqual({ ...deciders, moderator: 'FORBIDDEN' });
  });
  test('is taken back by the same people', () => {
    expect(toAll((v) => mayUnmarkAsAnswer(v, comment, discussion))).toEqual(deciders);
    expect(toAll((v) => mayUnmarkAsAnswer(v, comment, locked))).toEqual(whileLocked);
  });
});
