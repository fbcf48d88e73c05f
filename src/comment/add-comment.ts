import { prepareText, writeMentions } from '../author/index.ts';
import { placeOf, takeDiscussion } from '../discussion/index.ts';
import type { AddCommentInput } from '../generated/graphql.ts';
import type { Context } from '../kit/context.ts';
import { insertRow, type Transaction } from '../kit/db/index.ts';
import { badInput } from '../kit/errors.ts';
import { globalId, nothingHas, requiredRowId } from '../kit/global-id.ts';
import { checkedText } from '../kit/text.ts';
import { enforce } from '../kit/verdict.ts';
import { requireWriter } from '../kit/viewer.ts';
import { write } from '../kit/write.ts';
import { COMMENT_BODY } from './comment-limits.ts';
import { mayBeOfficial, mayComment, mayReply } from './comment-rules.ts';
import { noteComment } from './note-comment.ts';
import { isListed, type TakenComment, takeComment } from './take-comment.ts';

/** Adds a comment to a discussion, or a reply to a comment of it. Answers the rows' ids. */
export async function addComment(
  ctx: Context,
  input: AddCommentInput,
): Promise<{ commentId: string; discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const discussionId = requiredRowId('Discussion', input.discussionId, 'input.discussionId');
  const replyToId = input.replyToId ? requiredRowId('Comment', input.replyToId, 'input.replyToId') : null;
  const body = checkedText(input.body, COMMENT_BODY, 'input.body');
  // load
  const { rendering, mentioned } = await prepareText(ctx, body);

  return write(ctx, 'addComment', input, async (tx) => {
    const discussion = await takeDiscussion(tx, discussionId, 'input.discussionId');
    const replyTo = replyToId ? await takeReplyTo(tx, discussionId, replyToId) : null;
    // rule
    enforce(mayComment(viewer, discussion), 'input.discussionId');
    if (replyTo) enforce(mayReply(viewer, replyTo, discussion, ctx.policy), 'input.replyToId');
    if (input.isOfficial) enforce(mayBeOfficial(viewer, discussion), 'input.isOfficial');
    // change
    const comment = { id: ctx.newId(), replyToId, replyCount: 0 };
    await insertRow(tx, 'comment', {
      id: comment.id,
      discussionId,
      replyToId,
      depth: replyTo ? replyTo.depth + 1 : 0,
      body,
      bodyHtml: rendering.html,
      bodyText: rendering.text,
      authorId: viewer.id,
      isOfficial: input.isOfficial ?? false,
      createdAt: ctx.now(),
    });
    await writeMentions(tx, 'comment', comment.id, mentioned, true);
    // after
    await noteComment(tx, discussion, comment, 1);
    return { commentId: comment.id, discussionId };
  });
}

async function takeReplyTo(tx: Transaction, discussionId: string, replyToId: string): Promise<TakenComment> {
  const comment = await takeComment(tx, replyToId);
  if (comment && isListed(comment)) {
    if (comment.discussionId === discussionId) return comment;
    // nobody learns what stands in a deleted one
    if (await placeOf(tx, comment.discussionId))
      throw badInput('The comment to reply to stands in another discussion.', 'input.replyToId');
  }
  throw nothingHas(globalId('Comment', replyToId), 'input.replyToId');
}
