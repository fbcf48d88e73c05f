// Who may change an existing comment. In a locked discussion only moderators may.

import type { Policy } from '../../access/policy.ts';
import { ALLOWED, firstRefused, refused, type Verdict } from '../../access/verdict.ts';
import { isModeratorOf, isVendorOf, mayWrite, type Viewer } from '../../access/viewer.ts';
import type { DiscussionRow } from '../discussion/index.ts';
import { withinEditWindow } from '../revisions.ts';
import type { CommentRow } from './comment-reads.ts';

type DiscussionState = Pick<DiscussionRow, 'lockedAt' | 'categoryId'>;
type CommentState = Pick<CommentRow, 'authorId' | 'deletedAt'>;

/**
 * Authors may edit a comment's text within the edit window; moderators always. An official text is the vendor's: its
 * author may edit it only as a vendor of the product.
 */
export function mayUpdateComment(
  viewer: Viewer | null,
  comment: CommentState & Pick<CommentRow, 'createdAt' | 'isOfficial'>,
  discussion: DiscussionState & Pick<DiscussionRow, 'productId'>,
  policy: Pick<Policy, 'editWindowMs'>,
  now: Date,
): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () => isNotDeleted(comment, 'A deleted comment cannot be edited.'),
    () =>
      byAuthorOrModerator(viewer, comment, discussion, 'change', () =>
        firstRefused(
          () =>
            !comment.isOfficial || isVendorOf(viewer, discussion.productId)
              ? ALLOWED
              : refused(
                  'FORBIDDEN',
                  'Only a vendor of the product or a moderator can change an official comment.',
                ),
          () => withinEditWindow(comment.createdAt, policy, now),
        ),
      ),
  );
}

/**
 * Authors may delete a comment at any age, and so may moderators. Only those who may restore it can repeat the deletion.
 */
export function mayDeleteComment(
  viewer: Viewer | null,
  comment: CommentState & Pick<CommentRow, 'deletedById'>,
  discussion: DiscussionState,
): Verdict {
  return mayDeleteOrRestore(viewer, comment, discussion, 'delete');
}

/** Authors may restore a comment that they deleted themselves; moderators may restore any. */
export function mayRestoreComment(
  viewer: Viewer | null,
  comment: CommentState & Pick<CommentRow, 'deletedById'>,
  discussion: DiscussionState,
): Verdict {
  return mayDeleteOrRestore(viewer, comment, discussion, 'restore');
}

function mayDeleteOrRestore(
  viewer: Viewer | null,
  comment: CommentState & Pick<CommentRow, 'deletedById'>,
  discussion: DiscussionState,
  verb: 'delete' | 'restore',
): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () =>
      byAuthorOrModerator(viewer, comment, discussion, verb, () =>
        comment.deletedAt === null || comment.deletedById === comment.authorId
          ? ALLOWED
          : refused(
              'FORBIDDEN',
              `This comment was not deleted by its author: only a moderator can ${verb} it.`,
            ),
      ),
  );
}

/** Authors who are vendors of the product may mark their comment as official; moderators may mark any. */
export function mayMarkOfficial(
  viewer: Viewer | null,
  comment: CommentState,
  discussion: DiscussionState & Pick<DiscussionRow, 'productId'>,
): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () => isNotDeleted(comment, 'A deleted comment cannot be official.'),
    () =>
      byAuthorOrModerator(viewer, comment, discussion, 'mark', () =>
        isVendorOf(viewer, discussion.productId)
          ? ALLOWED
          : refused('FORBIDDEN', 'Only a vendor of the product can write an official comment.'),
      ),
  );
}

/** Moderators redact earlier revisions. */
export function mayRedactCommentRevision(viewer: Viewer | null, discussion: DiscussionState): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () => onlyModerators(viewer, discussion, 'Only a moderator of this discussion can redact a revision.'),
  );
}

/** Moderators mark comments of verified users of the product. */
export function mayMarkVerifiedUser(
  viewer: Viewer | null,
  comment: CommentState,
  discussion: DiscussionState,
): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () => isNotDeleted(comment, 'The author of a deleted comment cannot be verified.'),
    () =>
      onlyModerators(
        viewer,
        discussion,
        'Only a moderator of this discussion can verify that an author uses the product.',
      ),
  );
}

function onlyModerators(viewer: Viewer | null, { categoryId }: DiscussionState, message: string): Verdict {
  return isModeratorOf(viewer, categoryId) ? ALLOWED : refused('FORBIDDEN', message);
}

function isNotDeleted({ deletedAt }: Pick<CommentState, 'deletedAt'>, message: string): Verdict {
  return deletedAt === null ? ALLOWED : refused('FORBIDDEN', message);
}

/** Moderators may. The author may if the discussion is not locked and `ofAuthors` allows it. */
function byAuthorOrModerator(
  viewer: Viewer | null,
  { authorId }: Pick<CommentState, 'authorId'>,
  { lockedAt, categoryId }: DiscussionState,
  verb: string,
  ofAuthors: () => Verdict,
): Verdict {
  if (isModeratorOf(viewer, categoryId)) return ALLOWED;
  if (authorId === null || viewer?.id !== authorId)
    return refused('FORBIDDEN', `Only its author or a moderator can ${verb} this comment.`);
  if (lockedAt !== null)
    return refused('LOCKED', 'This discussion is locked: its comments cannot be changed.');
  return ofAuthors();
}
