import { noteAnswer } from '../discussion/index.ts';
import type { UnmarkCommentAsAnswerInput } from '../generated/graphql.ts';
import type { Context } from '../kit/context.ts';
import { requiredRowId } from '../kit/global-id.ts';
import { enforce } from '../kit/verdict.ts';
import { requireWriter } from '../kit/viewer.ts';
import { write } from '../kit/write.ts';
import { mayUnmarkAsAnswer } from './answer-rules.ts';
import { takePlace } from './take-comment.ts';

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
    const { discussion, comment } = await takePlace(tx, commentId, 'input.commentId');
    // rule
    enforce(mayUnmarkAsAnswer(viewer, comment, discussion), 'input.commentId');
    // change
    if (discussion.answerId === commentId) await noteAnswer(tx, discussion, null);
    return { commentId, discussionId: discussion.id };
  });
}
