import type { Context } from '../../access/context.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { UnmarkCommentAsAnswerInput } from '../../generated/graphql.ts';
import { requiredRowId } from '../../graphql/global-id.ts';
import { recordAnswer } from '../discussion/index.ts';
import { mayUnmarkAsAnswer } from './answer-rules.ts';
import { lockCommentWithDiscussion } from './comment-for-update.ts';

/** Takes the mark of the answer from a comment; from one that is not the answer there is none to take. */
export async function unmarkCommentAsAnswer(
  ctx: Context,
  input: UnmarkCommentAsAnswerInput,
): Promise<{ commentId: string; discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const commentId = requiredRowId('Comment', input.commentId, 'input.commentId');

  return write(ctx, 'unmarkCommentAsAnswer', input, async (tx) => {
    // load
    const { discussion, comment } = await lockCommentWithDiscussion(tx, commentId, 'input.commentId');
    // rule
    enforce(mayUnmarkAsAnswer(viewer, comment, discussion), 'input.commentId');
    // change
    if (discussion.answerId === commentId) await recordAnswer(tx, discussion, null);
    return { commentId, discussionId: discussion.id };
  });
}
