import type { Verdict } from '../../access/verdict.ts';
import type { Viewer } from '../../access/viewer.ts';
import { type Categorized, onlyModerators } from '../discussion/index.ts';

/** A discussion's moderators choose its related links. */
export function mayRelate(viewer: Viewer | null, discussion: Categorized): Verdict {
  return onlyModerators(
    viewer,
    discussion,
    'Only a moderator of this discussion can change the related discussions.',
  );
}
