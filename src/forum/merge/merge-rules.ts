import { ALLOWED, firstRefused, refused, type Verdict } from '../../access/verdict.ts';
import { isModeratorOf, mayWrite, type Viewer } from '../../access/viewer.ts';
import type { DiscussionRow } from '../discussion/index.ts';

/**
 * The moderators of a discussion may merge it, undo that and split it: what others wrote gets another place. They must
 * moderate both discussions. Unlike closing, it is not for authors.
 */
export function mayMerge(viewer: Viewer | null, { categoryId }: Pick<DiscussionRow, 'categoryId'>): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () =>
      isModeratorOf(viewer, categoryId)
        ? ALLOWED
        : refused('FORBIDDEN', 'Only a moderator can merge or split a discussion.'),
  );
}

/** How long a merge can be undone. */
export const UNDO_MS = 24 * 60 * 60 * 1000;
