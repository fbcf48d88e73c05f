import { ALLOWED, firstRefused, refused, type Verdict } from '../kit/verdict.ts';
import { isModeratorOfAll, mayWrite, type Viewer } from '../kit/viewer.ts';

/** Products, categories and tags belong to the whole forum: who keeps order in a part of it leaves them alone. */
export function mayKeepCatalogue(viewer: Viewer | null): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () =>
      isModeratorOfAll(viewer)
        ? ALLOWED
        : refused('FORBIDDEN', 'Only moderators of all categories may change products, categories and tags.'),
  );
}
