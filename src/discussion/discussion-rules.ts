import type { Policy } from '../kit/policy.ts';
import { ALLOWED, firstRefused, refused, type Verdict } from '../kit/verdict.ts';
import { isModeratorOf, mayWrite, type Viewer } from '../kit/viewer.ts';
import type { DiscussionRow } from './discussion-reads.ts';

type Owned = Pick<DiscussionRow, 'authorId' | 'categoryId' | 'createdAt' | 'lockedAt'>;

/** Anybody who may write may ask. */
export function mayCreateDiscussion(viewer: Viewer | null): Verdict {
  return mayWrite(viewer);
}

/** Its author may change a discussion's text while it is not locked and the edit window is open; its moderators always. */
export function mayUpdateDiscussion(
  viewer: Viewer | null,
  discussion: Owned,
  policy: Pick<Policy, 'editWindowMs'>,
  now: Date,
): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () => {
      if (isModeratorOf(viewer, discussion.categoryId)) return ALLOWED;
      if (discussion.authorId === null || viewer?.id !== discussion.authorId)
        return refused('FORBIDDEN', 'Only its author or a moderator may change this discussion.');
      if (discussion.lockedAt !== null) return refused('LOCKED', 'This discussion is locked.');
      return withinEditWindow(discussion.createdAt, policy, now);
    },
  );
}

/** Whether a text that was written at `createdAt` may still be edited by its author. */
export function withinEditWindow(
  createdAt: number,
  { editWindowMs }: Pick<Policy, 'editWindowMs'>,
  now: Date,
): Verdict {
  if (editWindowMs === null || now.getTime() - createdAt <= editWindowMs) return ALLOWED;
  const minutes = Math.round(editWindowMs / 60_000);
  return refused('FORBIDDEN', `A text may be edited for ${minutes} minutes; that time is over.`);
}
