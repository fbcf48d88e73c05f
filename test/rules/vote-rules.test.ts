import { expect, test } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { mayVote } from '../../src/forum/vote/vote-rules.ts';
import { newId } from '../../src/store/ids.ts';

const AUTHOR = newId();
const viewer = (id: string, canWrite = true): Viewer => ({
  ...{ id, role: 'MEMBER', canWrite, moderates: new Set<string>(), speaksFor: new Set<string>() },
  credential: { kind: 'SESSION', id: 's' },
});
const viewers = {
  guest: null,
  author: viewer(AUTHOR),
  other: viewer(newId()),
  reader: viewer(newId(), false),
};
const OPEN = { authorId: AUTHOR, isLocked: false, isDeleted: false };
const subjects = {
  open: OPEN,
  locked: { ...OPEN, isLocked: true },
  deleted: { ...OPEN, isDeleted: true },
  nobodys: { ...OPEN, authorId: null },
};
const CLOSED = { voteOnOwn: false, voteWhenLocked: false };

test.each([
  ['guest', 'open', 'UNAUTHENTICATED', 'UNAUTHENTICATED', 'UNAUTHENTICATED'],
  ['reader', 'open', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'],
  ['other', 'open', null, null, null],
  ['other', 'nobodys', null, null, null],
  ['other', 'locked', 'LOCKED', 'LOCKED', null],
  ['other', 'deleted', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'],
  ['author', 'open', 'FORBIDDEN', null, 'FORBIDDEN'],
  ['author', 'locked', 'FORBIDDEN', 'LOCKED', 'FORBIDDEN'],
  ['author', 'deleted', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'],
] as const)(
  'a vote of the %s on what is %s: by default, with VOTE_ON_OWN, with VOTE_WHEN_LOCKED',
  (who, subject, ...expected) => {
    const policies = [CLOSED, { ...CLOSED, voteOnOwn: true }, { ...CLOSED, voteWhenLocked: true }];
    expect(policies.map((policy) => mayVote(viewers[who], subjects[subject], policy).code)).toEqual(expected);
  },
);
