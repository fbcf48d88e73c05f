import type { Context } from '../../access/context.ts';
import { badInput } from '../../access/errors.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { AddCommentInput } from '../../generated/graphql.ts';
import { globalId, requiredRowId, unknownId } from '../../graphql/global-id.ts';
import { selectedFor } from '../../graphql/selected-columns.ts';
import { insertReturning, type Transaction } from '../../store/index.ts';
import { checkedText } from '../../text/text-rules.ts';
import { insertMentions, prepareText } from '../author/index.ts';
import { lockDiscussionOrMergedInto, primeDiscussions, timeInThread } from '../discussion/index.ts';
import { isListed, type LockedComment, lockCommentForUpdate, lockVendor } from './comment-for-update.ts';
import { type CommentRow, commentSource, primeComment } from './comment-reads.ts';
import { COMMENT_BODY, mayBeOfficial, mayComment, mayReply } from './comment-rules.ts';
import { commentAdded, commentWritten } from './comment-text.ts';
import { recordNewComment } from './record-comment.ts';
import { treePathOf } from './tree-path.ts';

/** Adds a comment to a discussion, or a reply to a comment of it. Returns the rows' ids. */
export async function addComment(
  ctx: Context,
  input: AddCommentInput,
): Promise<{ commentId: string; discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const wantedId = requiredRowId('Discussion', input.discussionId, 'input.discussionId');
  const replyToId = input.replyToId ? requiredRowId('Comment', input.replyToId, 'input.replyToId') : null;
  const body = checkedText(input.body, COMMENT_BODY, 'input.body');
  // load
  const { rendering, mentioned } = await prepareText(ctx, body);

  return write(ctx, 'addComment', input, async (tx, afterCommit) => {
    // who wrote while the discussion was merged finds the comment where the others are
    const discussion = await lockDiscussionOrMergedInto(tx, wantedId, 'input.discussionId');
    const { id: discussionId } = discussion;
    const replyTo = replyToId ? await lockReplyTo(tx, discussionId, replyToId) : null;
    // rule
    enforce(mayComment(viewer, discussion), 'input.discussionId');
    if (replyTo) enforce(mayReply(viewer, replyTo, discussion, ctx.policy), 'input.replyToId');
    if (input.isOfficial) {
      enforce(mayBeOfficial(viewer, discussion), 'input.isOfficial');
      await lockVendor(tx, viewer, discussion);
    }
    // change
    const createdAt = timeInThread(discussion.lastActivityAt, ctx.now());
    const id = ctx.newId(createdAt);
    const row = {
      id,
      discussionId,
      replyToId,
      depth: replyTo ? replyTo.depth + 1 : 0,
      treePath: treePathOf(replyTo?.treePath ?? null, { id, createdAt: createdAt.getTime() }),
      body,
      bodyHtml: rendering.html,
      bodyText: rendering.text,
      authorId: viewer.id,
      isOfficial: input.isOfficial ?? false,
      createdAt,
    };
    const comment: CommentRow = await insertReturning(tx, 'comment', row, selectedFor(ctx, commentSource));
    await insertMentions(tx, 'comment', comment.id, mentioned);
    await commentWritten.emit(tx, { ...row, createdAt: createdAt.getTime(), before: null, after: row });
    const counted = await recordNewComment(ctx, tx, discussion, comment);
    const discussionIds = new Set([wantedId, discussionId]);
    await commentAdded.emit(tx, { authorId: viewer.id, discussionIds, replyToId });
    // after
    afterCommit((to) => {
      primeComment(to, comment);
      primeDiscussions(to, [counted]);
    });
    return { commentId: comment.id, discussionId };
  });
}

async function lockReplyTo(tx: Transaction, discussionId: string, replyToId: string): Promise<LockedComment> {
  const comment = await lockCommentForUpdate(tx, replyToId);
  // nobody learns what is in a deleted discussion
  if (!comment || !isListed(comment) || comment.discussionDeletedAt !== null)
    throw unknownId(globalId('Comment', replyToId), 'input.replyToId');
  if (comment.discussionId !== discussionId)
    throw badInput('The comment to reply to belongs to another discussion.', 'input.replyToId');
  return comment;
}
