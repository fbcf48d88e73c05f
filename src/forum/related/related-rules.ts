import { ALLOWED, firstRefused, refused, type Verdict } from '../../access/verdict.ts';
import { isModeratorOf, mayWrite, type Viewer } from '../../access/viewer.ts';
import { type DiscussionRow, isNotMerged } from '../discussion/index.ts';

/** A discussion's moderators choose its related links. */
export function mayRelate(
  viewer: Viewer | null,
  discussion: Pick<DiscussionRow, 'categoryId' | 'mergedIntoId'>,
): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () => isNotMerged(discussion),
    () =>
      isModeratorOf(viewer, discussion.categoryId)
        ? ALLOWED
        : refused('FORBIDDEN', 'Only a moderator of this discussion can change the related discussions.'),
  );
}
