import { ALLOWED, firstRefused, refused, type Verdict } from '../../access/verdict.ts';
import { isModeratorOf, isVendorOf, mayWrite, type Viewer } from '../../access/viewer.ts';
import type { CategoryRow } from '../catalog/index.ts';
import { type DiscussionRow, isNotMerged } from '../discussion/index.ts';
import type { CommentRow } from './comment-reads.ts';

type AnswerState = Pick<DiscussionRow, 'authorId' | 'productId' | 'categoryId' | 'lockedAt' | 'mergedIntoId'>;

/** The asker, the product's vendors and moderators choose the answer; in a locked discussion only moderators. */
function mayDecideAnswer(viewer: Viewer | null, discussion: AnswerState): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () => isNotMerged(discussion),
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
 * The same people may accept an answer if the category has answers. A discussion without a category (null) asks about a
 * product, so it has.
 */
export function mayChooseAnswer(
  viewer: Viewer | null,
  discussion: AnswerState,
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

/** A deleted comment cannot be the answer. */
export function mayMarkAsAnswer(
  viewer: Viewer | null,
  comment: Pick<CommentRow, 'deletedAt'>,
  discussion: AnswerState,
  category: Pick<CategoryRow, 'isAnswerable'> | null,
): Verdict {
  return firstRefused(
    () => mayChooseAnswer(viewer, discussion, category),
    () => isNotDeleted(comment),
  );
}

/** The answer can be unmarked even if its category no longer has answers. */
export function mayUnmarkAsAnswer(
  viewer: Viewer | null,
  comment: Pick<CommentRow, 'deletedAt'>,
  discussion: AnswerState,
): Verdict {
  return firstRefused(
    () => mayDecideAnswer(viewer, discussion),
    () => isNotDeleted(comment),
  );
}

function isNotDeleted({ deletedAt }: Pick<CommentRow, 'deletedAt'>): Verdict {
  return deletedAt === null ? ALLOWED : refused('FORBIDDEN', 'A deleted comment cannot be the answer.');
}

/** The accepted revision of the answer; 1 if it was imported. Null if there is no answer. */
export function acceptedRevision({
  answerId,
  answerRevision,
}: Pick<DiscussionRow, 'answerId' | 'answerRevision'>): number | null {
  return answerId === null ? null : (answerRevision ?? 1);
}
