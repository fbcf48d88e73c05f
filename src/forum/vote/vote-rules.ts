import type { Policy } from '../../access/policy.ts';
import { ALLOWED, firstRefused, refused, type Verdict } from '../../access/verdict.ts';
import { mayWrite, type Viewer } from '../../access/viewer.ts';
import { type DiscussionRow, isNotMerged } from '../discussion/index.ts';

/** What the rule reads of a discussion or a comment. */
interface VoteSubject {
  readonly authorId: string | null;
  /** Whether the discussion is locked. */
  readonly isLocked: boolean;
  readonly isDeleted: boolean;
}

/** Anybody who may write may vote on the texts of others that are not deleted, unless the discussion is locked. */
export function mayVote(
  viewer: Viewer | null,
  subject: VoteSubject,
  policy: Pick<Policy, 'voteOnOwn' | 'voteWhenLocked'>,
): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () => (subject.isDeleted ? refused('FORBIDDEN', 'A deleted comment cannot be voted on.') : ALLOWED),
    () =>
      !policy.voteOnOwn && subject.authorId !== null && viewer?.id === subject.authorId
        ? refused('FORBIDDEN', 'You cannot vote on your own posts.')
        : ALLOWED,
    () =>
      !policy.voteWhenLocked && subject.isLocked
        ? refused('LOCKED', 'This discussion is locked: nobody can vote in it.')
        : ALLOWED,
  );
}

/** The same for a discussion. */
export function mayVoteOnDiscussion(
  viewer: Viewer | null,
  discussion: Pick<DiscussionRow, 'authorId' | 'lockedAt' | 'mergedIntoId'>,
  policy: Pick<Policy, 'voteOnOwn' | 'voteWhenLocked'>,
): Verdict {
  const { authorId, lockedAt } = discussion;
  return firstRefused(
    () => mayWrite(viewer),
    () => isNotMerged(discussion),
    () => mayVote(viewer, { authorId, isLocked: lockedAt !== null, isDeleted: false }, policy),
  );
}
