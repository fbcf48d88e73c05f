import type { Policy } from '../../access/policy.ts';
import { ALLOWED, firstRefused, refused, type Verdict } from '../../access/verdict.ts';
import { isModeratorOf, isVendorOf, mayWrite, type Viewer } from '../../access/viewer.ts';
import { bodyRule } from '../../text/text-rules.ts';
import type { DiscussionRow } from '../discussion/index.ts';
import type { CommentRow } from './comment-reads.ts';

type DiscussionState = Pick<DiscussionRow, 'lockedAt' | 'categoryId'>;

/** Anybody who may write may comment in a discussion that is not locked; moderators always. */
export function mayComment(viewer: Viewer | null, discussion: DiscussionState): Verdict {
  return firstRefused(
    () => mayWrite(viewer),
    () =>
      discussion.lockedAt === null || isModeratorOf(viewer, discussion.categoryId)
        ? ALLOWED
        : refused('LOCKED', 'This discussion is locked: nothing can be added to it.'),
  );
}

/** The same for a reply. The comment above it is not deleted, and not too deep. */
export function mayReply(
  viewer: Viewer | null,
  comment: Pick<CommentRow, 'depth' | 'deletedAt'>,
  discussion: DiscussionState,
  { replyDepthMax }: Pick<Policy, 'replyDepthMax'>,
): Verdict {
  return firstRefused(
    () => mayComment(viewer, discussion),
    () =>
      comment.deletedAt === null ? ALLOWED : refused('FORBIDDEN', 'A deleted comment cannot be replied to.'),
    () =>
      comment.depth < replyDepthMax
        ? ALLOWED
        : refused(
            'FORBIDDEN',
            `Replies can be nested at most ${replyDepthMax} levels deep: reply to a comment further up.`,
          ),
  );
}

/** Vendors of the discussion's product may mark a comment as official. */
export function mayBeOfficial(viewer: Viewer | null, discussion: Pick<DiscussionRow, 'productId'>): Verdict {
  return isVendorOf(viewer, discussion.productId)
    ? ALLOWED
    : refused('FORBIDDEN', 'Only a vendor of the product can write an official comment.');
}

/** The same as for a discussion's text. */
const COMMENT_BODY_CHARS_MAX = 60_000;

export const COMMENT_BODY = bodyRule('A comment', COMMENT_BODY_CHARS_MAX);

/** Whether a comment is shown without its content: it is deleted, and keeps the shape of its thread. */
export function isVeiled(comment: Pick<CommentRow, 'deletedAt'>): boolean {
  return comment.deletedAt !== null;
}
