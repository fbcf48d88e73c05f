import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../src/access/verdict.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import {
  mayCloseDiscussion,
  mayCreateDiscussion,
  mayDeleteDiscussion,
  mayLockDiscussion,
  mayMoveDiscussion,
  mayPinDiscussion,
  mayRedactDiscussionRevision,
  mayRestoreDiscussion,
  mayUpdateDiscussion,
} from '../../src/forum/discussion/discussion-rules.ts';
import { mayMerge } from '../../src/forum/merge/merge-rules.ts';
import { mayRelate } from '../../src/forum/related/related-rules.ts';

const base: Viewer = {
  ...{ id: '', role: 'MEMBER', canWrite: true, moderates: new Set<string>(), speaksFor: new Set<string>() },
  credential: { kind: 'SESSION', id: null },
};
const people: Record<string, Viewer | null> = {
  guest: null,
  other: { ...base, id: 'other' },
  author: { ...base, id: 'author' },
  reader: { ...base, id: 'author', canWrite: false },
  vendor: { ...base, id: 'vendor', role: 'VENDOR', speaksFor: new Set(['product']) },
  'moderator elsewhere': { ...base, id: 'm1', role: 'MODERATOR', moderates: new Set(['elsewhere']) },
  moderator: { ...base, id: 'm2', role: 'MODERATOR', moderates: new Set(['here']) },
  'moderator of all': { ...base, id: 'm3', role: 'MODERATOR', moderates: 'ALL' },
  'reading moderator': { ...base, id: 'm4', role: 'MODERATOR', moderates: 'ALL', canWrite: false },
  admin: { ...base, id: 'root', role: 'ADMIN' },
};
const ASKED = 1_000_000;
const discussion = {
  ...{ authorId: 'author', categoryId: 'here', createdAt: ASKED, lockedAt: null },
  ...{ closedAt: null, closedById: null, deletedAt: null, deletedById: null, mergedIntoId: null },
};
const locked = { ...discussion, lockedAt: ASKED };
const imported = { ...discussion, authorId: null };
const placeless = { ...discussion, categoryId: null };
const said = (verdict: Verdict) => (verdict.isAllowed ? 'yes' : verdict.code);

/** What a rule says to each of the cast. */
const toAll = (rule: (viewer: Viewer | null) => Verdict) =>
  Object.fromEntries(Object.entries(people).map(([name, viewer]) => [name, said(rule(viewer))]));
const nobody = Object.fromEntries(
  Object.keys(people).map((name) => [name, name === 'guest' ? 'UNAUTHENTICATED' : 'FORBIDDEN']),
);
const moderators = { ...nobody, moderator: 'yes', 'moderator of all': 'yes', admin: 'yes' };
const keepersOfAll = { ...moderators, moderator: 'FORBIDDEN' };
const author = { author: 'yes' };
const lockedAuthor = { author: 'LOCKED' };

const window = (editWindowMs: number | null) => ({ editWindowMs });
const at = (ms: number) => new Date(ASKED + ms);

test('anybody who may write may create discussions', () => {
  expect(toAll(mayCreateDiscussion)).toEqual({
    ...Object.fromEntries(Object.keys(people).map((name) => [name, 'yes'])),
    ...{ guest: 'UNAUTHENTICATED', reader: 'FORBIDDEN', 'reading moderator': 'FORBIDDEN' },
  });
});

describe('text', () => {
  test.each([
    ['an open one', discussion, { ...moderators, ...author }],
    ['a locked one', locked, { ...moderators, ...lockedAuthor }],
    ['one that nobody here asked', imported, moderators],
    ['one in no category', placeless, { ...keepersOfAll, ...author }],
  ])('of %s is changed by its author and its moderators', (_, one, expected) => {
    expect(toAll((v) => mayUpdateDiscussion(v, one, window(null), at(1e12)))).toEqual(expected);
  });
  test.each([
    [60_000, 'yes'],
    [60_001, 'FORBIDDEN'],
    [-3_600_000, 'yes'],
  ])('%i ms after it was asked, in a window of a minute: %s for its author', (ms, expected) => {
    const rule = (v: Viewer | null) => mayUpdateDiscussion(v, discussion, window(60_000), at(ms));
    expect(toAll(rule)).toEqual({ ...moderators, author: expected });
  });
});

describe('place', () => {
  const move = (
    to: string | null,
    editWindowMs: number | null = null,
    one: Parameters<typeof mayMoveDiscussion>[1] = discussion,
  ) => toAll((v) => mayMoveDiscussion(v, one, to, window(editWindowMs), at(1000)));
  test('is changed by its author to any, and by moderators who keep both', () => {
    expect(move('elsewhere')).toEqual({ ...keepersOfAll, ...author });
    expect(move(null)).toEqual({ ...keepersOfAll, ...author });
    expect(move('here')).toEqual({ ...moderators, ...author });
  });
  test('is no longer its author’s after the window, nor while it is locked', () => {
    expect(move('elsewhere', 999)).toEqual(keepersOfAll);
    expect(move('elsewhere', null, locked)).toEqual({ ...keepersOfAll, ...lockedAuthor });
  });
  test('is moved by a moderator of the old category who asked it themselves, until the window is over', () => {
    const own = { ...discussion, authorId: 'm2' };
    expect(move('elsewhere', null, own)).toMatchObject({ moderator: 'yes' });
    expect(move('elsewhere', 999, own)).toMatchObject({ moderator: 'FORBIDDEN' });
  });
});

test('its author deletes it while nothing in it is anybody else’s, moderators always', () => {
  expect(toAll((v) => mayDeleteDiscussion(v, discussion, false))).toEqual({ ...moderators, ...author });
  expect(toAll((v) => mayDeleteDiscussion(v, discussion, true))).toEqual(moderators);
  expect(toAll((v) => mayDeleteDiscussion(v, locked, false))).toEqual({ ...moderators, ...lockedAuthor });
  expect(toAll((v) => mayDeleteDiscussion(v, imported, false))).toEqual(moderators);
});

test('moderators restore anything, its author what they deleted themselves', () => {
  const own = { ...discussion, deletedAt: ASKED, deletedById: 'author' };
  expect(toAll((v) => mayRestoreDiscussion(v, own))).toEqual({ ...moderators, ...author });
  expect(toAll((v) => mayRestoreDiscussion(v, discussion))).toEqual({ ...moderators, ...author });
  expect(toAll((v) => mayRestoreDiscussion(v, { ...own, lockedAt: 1 }))).toEqual({
    ...moderators,
    ...lockedAuthor,
  });
  for (const deletedById of ['m2', null])
    expect(toAll((v) => mayRestoreDiscussion(v, { ...own, deletedById }))).toEqual(moderators);
  const nobodys = { ...own, authorId: null, deletedById: null };
  expect(toAll((v) => mayRestoreDiscussion(v, nobodys))).toEqual(moderators);
});

test.each([
  ['pin', mayPinDiscussion],
  ['lock', mayLockDiscussion],
  ['merge and split', mayMerge],
  ['relate', mayRelate],
  ['redact', mayRedactDiscussionRevision],
])('moderators %s it, in no category those of all', (_, rule) => {
  expect(toAll((v) => rule(v, discussion))).toEqual(moderators);
  expect(toAll((v) => rule(v, placeless))).toEqual(keepersOfAll);
});

test('its author closes it and reopens what they closed themselves, moderators always', () => {
  const closed = (closedById: string | null) => ({ ...discussion, closedAt: ASKED, closedById });
  expect(toAll((v) => mayCloseDiscussion(v, discussion))).toEqual({ ...moderators, ...author });
  expect(toAll((v) => mayCloseDiscussion(v, closed('author')))).toEqual({ ...moderators, ...author });
  for (const by of ['m2', null]) expect(toAll((v) => mayCloseDiscussion(v, closed(by)))).toEqual(moderators);
  expect(toAll((v) => mayCloseDiscussion(v, locked))).toEqual({ ...moderators, ...lockedAuthor });
});
