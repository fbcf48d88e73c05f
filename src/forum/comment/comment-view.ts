import type { Context } from '../../access/context.ts';
import { notFound } from '../../access/errors.ts';
import { type DiscussionRow, loadDiscussion } from '../discussion/index.ts';
import type { CommentRow } from './comment-reads.ts';

/** Whether a comment is shown without its content: it is deleted, and keeps the shape of its thread. */
export function isVeiled(comment: Pick<CommentRow, 'deletedAt'>): boolean {
  return comment.deletedAt !== null;
}

/** The comment's discussion. Throws NOT_FOUND if it was deleted during the request. */
export function discussionOf(ctx: Context, comment: CommentRow): Promise<DiscussionRow> {
  return loadDiscussion(ctx, comment.discussionId).then((discussion) => {
    if (!discussion) throw notFound('The discussion of this comment has just been deleted.');
    return discussion;
  });
}

/** The accepted revision of the answer; 1 if it was imported. Null if there is no answer. */
export function acceptedRevision({
  answerId,
  answerRevision,
}: Pick<DiscussionRow, 'answerId' | 'answerRevision'>): number | null {
  return answerId === null ? null : (answerRevision ?? 1);
}
