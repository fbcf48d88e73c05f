import { expect, test } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { mayVote } from '../../src/forum/vote/vote-rules.ts';
import { newId } from '../../src/store/ids.ts';

const AUTHOR = newId();
const viewer = (id: string, canWrite = true): Viewer => ({
  ...{ id, role: 'MEMBER', canWrite, moderates: new Set<string>(), speaksFor: new Set<string>() },
  credential: { kind: 'SESSION', id: 's' },
});
const [author, other, reader] = [viewer(AUTHOR), viewer(newId()), viewer(newId(), false)];
const OPEN = { authorId: AUTHOR, isLocked: false, isDeleted: false };
const [locked, deleted, nobodys] = [
  { ...OPEN, isLocked: true },
  { ...OPEN, isDeleted: true },
  { ...OPEN, authorId: null },
];
const CLOSED = { voteOnOwn: false, voteWhenLocked: false };

test.each([
  [null, OPEN, 'UNAUTHENTICATED', 'UNAUTHENTICATED', 'UNAUTHENTICATED'],
  [reader, OPEN, 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'],
  [other, OPEN, null, null, null],
  [other, nobodys, null, null, null],
  [other, locked, 'LOCKED', 'LOCKED', null],
  [other, deleted, 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'],
  [author, OPEN, 'FORBIDDEN', null, 'FORBIDDEN'],
  [author, locked, 'FORBIDDEN', 'LOCKED', 'FORBIDDEN'],
  [author, deleted, 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'],
])('a vote of %j on %j: by default, with VOTE_ON_OWN, with VOTE_WHEN_LOCKED', (who, subject, ...expected) => {
  const policies = [CLOSED, { ...CLOSED, voteOnOwn: true }, { ...CLOSED, voteWhenLocked: true }];
  expect(policies.map((policy) => mayVote(who, subject, policy).code)).toEqual(expected);
});
