import { ALLOWED, firstRefused, refused, type Verdict } from '../../access/verdict.ts';
import { isModeratorOf, isVendorOf, mayWrite, type Viewer } from '../../access/viewer.ts';
import type { CategoryRow } from '../catalog/index.ts';
import type { DiscussionRow } from '../discussion/index.ts';
import type { CommentRow } from './comment-reads.ts';

type Asked = Pick<DiscussionRow, 'authorId' | 'productId' | 'categoryId' | 'lockedAt'>;

/** Whoever asked, whoever speaks for the product, and moderators say which comment answers; once locked, moderators alone. */
function mayDecideAnswer(viewer: Viewer | null, discussion: Asked): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () => {
      const { authorId, productId, categoryId, lockedAt } = discussion;
      if (isModeratorOf(viewer, categoryId)) return ALLOWED;
      const isAsker = authorId !== null && viewer?.id === authorId;
      if (!isAsker && !isVendorOf(viewer, productId))
        return refused(
          'FORBIDDEN',
          'Only the author of the discussion, a vendor of the product or a moderator can choose the answer.',
        );
      return lockedAt === null
        ? ALLOWED
        : refused('LOCKED', 'This discussion is locked: its answer cannot be changed.');
    },
  );
}

/**
 * The same people may accept an answer where there are answers at all. `category` null: it has none, and asks about a
 * product, which is a question.
 */
export function mayChooseAnswer(
  viewer: Viewer | null,
  discussion: Asked,
  category: Pick<CategoryRow, 'isAnswerable'> | null,
): Verdict {
  return firstRefused(
    () => mayDecideAnswer(viewer, discussion),
    () =>
      category === null || category.isAnswerable
        ? ALLOWED
        : refused('FORBIDDEN', 'Discussions in this category have no accepted answers.'),
  );
}

/** And only a comment that still says something can be it. */
export function mayMarkAsAnswer(
  viewer: Viewer | null,
  comment: Pick<CommentRow, 'deletedAt'>,
  discussion: Asked,
  category: Pick<CategoryRow, 'isAnswerable'> | null,
): Verdict {
  return firstRefused(
    () => mayChooseAnswer(viewer, discussion, category),
    () => saysSomething(comment),
  );
}

/** The mark can be taken away even where answers are no longer accepted. */
export function mayUnmarkAsAnswer(
  viewer: Viewer | null,
  comment: Pick<CommentRow, 'deletedAt'>,
  discussion: Asked,
): Verdict {
  return firstRefused(
    () => mayDecideAnswer(viewer, discussion),
    () => saysSomething(comment),
  );
}

function saysSomething({ deletedAt }: Pick<CommentRow, 'deletedAt'>): Verdict {
  return deletedAt === null ? ALLOWED : refused('FORBIDDEN', 'A deleted comment cannot be the answer.');
}
