import { ALLOWED, firstRefused, refused, type Verdict } from '../../access/verdict.ts';
import { isModeratorOf, mayWrite, type Viewer } from '../../access/viewer.ts';
import { type Categorized, onlyModerators } from '../discussion/index.ts';

const ONLY_MODERATORS = 'Only a moderator of this discussion can merge or split it.';
const ONLY_INTO_MODERATED = 'A moderator can split discussions only into categories that they moderate.';

/**
 * The moderators of a discussion may merge it and undo that: what others wrote gets another place. They must
 * moderate both discussions. Unlike closing, it is not for authors.
 */
export function mayMerge(viewer: Viewer | null, { categoryId }: Pick<Categorized, 'categoryId'>): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () => (isModeratorOf(viewer, categoryId) ? ALLOWED : refused('FORBIDDEN', ONLY_MODERATORS)),
  );
}

/** The same for a split, but a merged discussion has no comments. */
export function maySplit(viewer: Viewer | null, discussion: Categorized): Verdict {
  return onlyModerators(viewer, discussion, ONLY_MODERATORS);
}

/** Those who moderate a category may split discussions off into it. Null for no category. */
export function maySplitInto(viewer: Viewer | null, categoryId: string | null): Verdict {
  return isModeratorOf(viewer, categoryId) ? ALLOWED : refused('FORBIDDEN', ONLY_INTO_MODERATED);
}

/** How long a merge can be undone. */
export const UNDO_MS = 24 * 60 * 60 * 1000;
