import { ALLOWED, firstRefused, refused, type Verdict } from '../../access/verdict.ts';
import { isModeratorOf, mayWrite, type Viewer } from '../../access/viewer.ts';
import { type DiscussionRow, isNotMerged } from '../discussion/index.ts';

/**
 * The moderators of a discussion may merge it and undo that: what others wrote gets another place. They must
 * moderate both discussions. Unlike closing, it is not for authors.
 */
export function mayMerge(viewer: Viewer | null, { categoryId }: Pick<DiscussionRow, 'categoryId'>): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () =>
      isModeratorOf(viewer, categoryId)
        ? ALLOWED
        : refused('FORBIDDEN', 'Only a moderator of this discussion can merge or split it.'),
  );
}

/** The same for a split, but a merged discussion has no comments. */
export function maySplit(
  viewer: Viewer | null,
  discussion: Pick<DiscussionRow, 'categoryId' | 'mergedIntoId'>,
): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () => isNotMerged(discussion),
    () => mayMerge(viewer, discussion),
  );
}

/** How long a merge can be undone. */
export const UNDO_MS = 24 * 60 * 60 * 1000;
