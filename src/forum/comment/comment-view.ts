import type { Context } from '../../access/context.ts';
import { notFound } from '../../access/errors.ts';
import { type DiscussionRow, loadDiscussion } from '../discussion/index.ts';
import type { CommentRow } from './comment-reads.ts';

/** Whether only the comment's place may be seen: it was deleted, and stands for the shape of its thread. */
export function isVeiled(comment: Pick<CommentRow, 'deletedAt'>): boolean {
  return comment.deletedAt !== null;
}

/** The comment's discussion. Throws NOT_FOUND where it was deleted while the request was under way. */
export function discussionOf(ctx: Context, comment: CommentRow): Promise<DiscussionRow> {
  return loadDiscussion(ctx, comment.discussionId).then((discussion) => {
    if (!discussion) throw notFound('The discussion of this comment has just been deleted.');
    return discussion;
  });
}

/** Which state of the answer's text was accepted: an imported one as it came. Null: there is no answer. */
export function acceptedRevision({
  answerId,
  answerRevision,
}: Pick<DiscussionRow, 'answerId' | 'answerRevision'>): number | null {
  return answerId === null ? null : (answerRevision ?? 1);
}
