// Who may change a comment that is there. A locked discussion stays as it is: only its moderators still change it.

import type { Policy } from '../../access/policy.ts';
import { ALLOWED, firstRefused, refused, type Verdict } from '../../access/verdict.ts';
import { isModeratorOf, isVendorOf, mayWrite, type Viewer } from '../../access/viewer.ts';
import { type DiscussionRow, withinEditWindow } from '../discussion/index.ts';
import type { CommentRow } from './comment-reads.ts';

type Place = Pick<DiscussionRow, 'lockedAt' | 'categoryId'>;
type Said = Pick<CommentRow, 'authorId' | 'deletedAt'>;

/** Its author may change a comment's text while the edit window is open; moderators always. */
export function mayUpdateComment(
  viewer: Viewer | null,
  comment: Said & Pick<CommentRow, 'createdAt'>,
  discussion: Place,
  policy: Pick<Policy, 'editWindowMs'>,
  now: Date,
): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () => stillThere(comment, 'A deleted comment cannot be edited.'),
    () =>
      byAuthorOrModerator(viewer, comment, discussion, 'change', () =>
        withinEditWindow(comment.createdAt, policy, now),
      ),
  );
}

/** Its author may take a comment away, however old it is; moderators always. */
export function mayDeleteComment(viewer: Viewer | null, comment: Said, discussion: Place): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () => stillThere(comment, 'This comment is already deleted.'),
    () => byAuthorOrModerator(viewer, comment, discussion, 'delete'),
  );
}

/** Its author may bring a comment back that they took away themselves; moderators may bring back any. */
export function mayRestoreComment(
  viewer: Viewer | null,
  comment: Said & Pick<CommentRow, 'deletedById'>,
  discussion: Place,
): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () => (comment.deletedAt === null ? refused('FORBIDDEN', 'This comment is not deleted.') : ALLOWED),
    () =>
      byAuthorOrModerator(viewer, comment, discussion, 'restore', () =>
        comment.deletedById === comment.authorId
          ? ALLOWED
          : refused(
              'FORBIDDEN',
              'This comment was not deleted by its author: only a moderator can restore it.',
            ),
      ),
  );
}

/** Its author may have a comment speak for the vendor where they speak for the product; moderators may for any. */
export function mayMarkOfficial(
  viewer: Viewer | null,
  comment: Said,
  discussion: Place & Pick<DiscussionRow, 'productId'>,
): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () => stillThere(comment, 'A deleted comment cannot be official.'),
    () =>
      byAuthorOrModerator(viewer, comment, discussion, 'mark', () =>
        isVendorOf(viewer, discussion.productId)
          ? ALLOWED
          : refused('FORBIDDEN', 'Only a vendor of the product can write an official comment.'),
      ),
  );
}

/** Moderators say whose use of the product is known. */
export function mayMarkVerifiedUser(viewer: Viewer | null, comment: Said, discussion: Place): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () => stillThere(comment, 'The author of a deleted comment cannot be verified.'),
    () =>
      isModeratorOf(viewer, discussion.categoryId)
        ? ALLOWED
        : refused('FORBIDDEN', 'Only a moderator can verify that an author uses the product.'),
  );
}

function stillThere({ deletedAt }: Pick<Said, 'deletedAt'>, message: string): Verdict {
  return deletedAt === null ? ALLOWED : refused('FORBIDDEN', message);
}

/** `ofAuthors`: what binds authors beside a lock. */
function byAuthorOrModerator(
  viewer: Viewer | null,
  { authorId }: Pick<Said, 'authorId'>,
  { lockedAt, categoryId }: Place,
  verb: string,
  ofAuthors: () => Verdict = () => ALLOWED,
): Verdict {
  if (isModeratorOf(viewer, categoryId)) return ALLOWED;
  if (authorId === null || viewer?.id !== authorId)
    return refused('FORBIDDEN', `Only its author or a moderator can ${verb} this comment.`);
  if (lockedAt !== null)
    return refused('LOCKED', 'This discussion is locked: its comments cannot be changed.');
  return ofAuthors();
}
