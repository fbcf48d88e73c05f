import type { Context } from '../../access/context.ts';
import { badInput } from '../../access/errors.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { AddCommentInput } from '../../generated/graphql.ts';
import { globalId, requiredRowId, unknownId } from '../../graphql/global-id.ts';
import { insertRow, type Transaction } from '../../store/index.ts';
import { checkedText } from '../../text/text-rules.ts';
import { prepareText, writeMentions } from '../author/index.ts';
import { lockDiscussionRowForUpdate, placeOf, primeDiscussions } from '../discussion/index.ts';
import { type CommentRow, primeComment } from './comment-reads.ts';
import { COMMENT_BODY, mayBeOfficial, mayComment, mayReply } from './comment-rules.ts';
import { recordNewComment } from './record-comment.ts';
import { isListed, type LockedParent, lockParentForUpdate } from './take-comment.ts';

type Given = Pick<
  CommentRow,
  'id' | 'discussionId' | 'replyToId' | 'depth' | 'body' | 'bodyHtml' | 'bodyText'
> & {
  readonly authorId: string;
  readonly isOfficial: boolean;
  readonly createdAt: Date;
};

/** A comment as it begins: what is not given here is as the columns' defaults are. */
function newComment(given: Given): CommentRow {
  // written out: an object that is put together of others this large costs as much as a statement
  return {
    id: given.id,
    discussionId: given.discussionId,
    replyToId: given.replyToId,
    depth: given.depth,
    body: given.body,
    bodyHtml: given.bodyHtml,
    bodyText: given.bodyText,
    authorId: given.authorId,
    isOfficial: given.isOfficial,
    createdAt: given.createdAt.getTime(),
    createdAtIsApproximate: false,
    lastEditedAt: null,
    revision: 1,
    deletedAt: null,
    deletedById: null,
    isVerifiedUser: false,
    upvoteCount: 0,
    downvoteCount: 0,
    netUpvotes: 0,
    replyCount: 0,
    directReplyCount: 0,
    bestScore: 0,
    controversyScore: 0,
  };
}

/** Adds a comment to a discussion, or a reply to a comment of it. Returns the rows' ids. */
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

  return write(ctx, 'addComment', input, async (tx, spare) => {
    const discussion = await lockDiscussionRowForUpdate(ctx, tx, discussionId, 'input.discussionId');
    const replyTo = replyToId ? await takeReplyTo(tx, discussionId, replyToId) : null;
    // rule
    enforce(mayComment(viewer, discussion), 'input.discussionId');
    if (replyTo) enforce(mayReply(viewer, replyTo, discussion, ctx.policy), 'input.replyToId');
    if (input.isOfficial) enforce(mayBeOfficial(viewer, discussion), 'input.isOfficial');
    // change
    const given = {
      id: ctx.newId(),
      discussionId,
      replyToId,
      depth: replyTo ? replyTo.depth + 1 : 0,
      body,
      bodyHtml: rendering.html,
      bodyText: rendering.text,
      authorId: viewer.id,
      isOfficial: input.isOfficial ?? false,
      createdAt: ctx.now(),
    };
    await insertRow(tx, 'comment', given);
    await writeMentions(tx, 'comment', given.id, mentioned, true);
    // after
    const comment = newComment(given);
    const counted = await recordNewComment(tx, discussion, comment);
    spare((to) => {
      primeComment(to, comment);
      primeDiscussions(to, [counted]);
    });
    return { commentId: comment.id, discussionId };
  });
}

async function takeReplyTo(tx: Transaction, discussionId: string, replyToId: string): Promise<LockedParent> {
  const comment = await lockParentForUpdate(tx, replyToId);
  if (comment && isListed(comment)) {
    if (comment.discussionId === discussionId) return comment;
    // nobody learns what stands in a deleted one
    if (await placeOf(tx, comment.discussionId))
      throw badInput('The comment to reply to belongs to another discussion.', 'input.replyToId');
  }
  throw unknownId(globalId('Comment', replyToId), 'input.replyToId');
}
