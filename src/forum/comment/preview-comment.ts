import type { Context } from '../../access/context.ts';
import { badInput, type Problem, problemsOf } from '../../access/errors.ts';
import { enforce, firstRefused, refused, type Verdict } from '../../access/verdict.ts';
import { mayWrite } from '../../access/viewer.ts';
import type { PreviewCommentInput } from '../../generated/graphql.ts';
import { rowIdOf, unknownId } from '../../graphql/global-id.ts';
import { referenced } from '../../graphql/loader.ts';
import { runInTurns } from '../../text/short-work.ts';
import { checkedText } from '../../text/text-rules.ts';
import { previewText, type TextPreview } from '../author/index.ts';
import { type DiscussionRow, loadDiscussionOrMergedInto } from '../discussion/index.ts';
import { type CommentRow, loadComment } from './comment-reads.ts';
import { COMMENT_BODY, mayBeOfficial, mayComment, mayReply } from './comment-rules.ts';

/** The comment that `addComment` would add, and the problems that it would report. */
export interface PreviewedComment extends TextPreview {
  readonly permission: Verdict;
  readonly problems: readonly Problem[];
}

/** Checks an input as `addComment` would. Nothing is stored. */
export async function previewComment(ctx: Context, input: PreviewCommentInput): Promise<PreviewedComment> {
  const replyToId = input.replyToId ?? null;
  const [discussion, replyTo] = await Promise.all([
    referenced(rowIdOf('Discussion', input.discussionId), (id) => loadDiscussionOrMergedInto(ctx, id)),
    referenced(replyToId && rowIdOf('Comment', replyToId), (id) => loadComment(ctx, id)),
  ]);
  const permission = permissionOf(ctx, input.discussionId, discussion, replyTo);
  const problems = await problemsOf([
    () => enforce(mayWrite(ctx.viewer)),
    () => {
      if (!discussion) throw unknownId(input.discussionId, 'input.discussionId');
    },
    () => {
      if (replyToId !== null && !replyTo) throw unknownId(replyToId, 'input.replyToId');
    },
    () => {
      if (discussion && replyTo && replyTo.discussionId !== discussion.id)
        throw badInput('The comment to reply to belongs to another discussion.', 'input.replyToId');
    },
    () => runInTurns(() => checkedText(input.body, COMMENT_BODY, 'input.body')),
    () => {
      const isKnown = discussion !== null && mayWrite(ctx.viewer).isAllowed;
      if (isKnown) enforce(permission, replyTo ? 'input.replyToId' : 'input.discussionId');
    },
    () => {
      if (input.isOfficial && discussion) enforce(mayBeOfficial(ctx.viewer, discussion), 'input.isOfficial');
    },
  ]);
  return { ...(await previewText(ctx, input.body, COMMENT_BODY)), permission, problems };
}

function permissionOf(
  ctx: Context,
  discussionId: string,
  discussion: DiscussionRow | null,
  replyTo: CommentRow | null,
): Verdict {
  return firstRefused(
    () => mayWrite(ctx.viewer),
    () => {
      if (!discussion) return refused('NOT_FOUND', `No object has the id "${discussionId}".`);
      return replyTo
        ? mayReply(ctx.viewer, replyTo, discussion, ctx.policy)
        : mayComment(ctx.viewer, discussion);
    },
  );
}
