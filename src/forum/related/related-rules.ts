import { ALLOWED, firstRefused, refused, type Verdict } from '../../access/verdict.ts';
import { isModeratorOf, mayWrite, type Viewer } from '../../access/viewer.ts';
import type { DiscussionRow } from '../discussion/index.ts';

/** A discussion's moderators choose its related links. */
export function mayRelate(viewer: Viewer | null, { categoryId }: Pick<DiscussionRow, 'categoryId'>): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () =>
      isModeratorOf(viewer, categoryId)
        ? ALLOWED
        : refused('FORBIDDEN', 'Only a moderator can change the related discussions.'),
  );
}
