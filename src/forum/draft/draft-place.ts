// What a draft is written for.
import type { Context } from '../../access/context.ts';
import { badInput } from '../../access/errors.ts';
import type { DraftKind, SaveDraftInput } from '../../generated/graphql.ts';
import { parseGlobalId, requiredRowId, unknownId } from '../../graphql/global-id.ts';
import { type CommentRow, loadComment } from '../comment/index.ts';
import { type DiscussionRow, loadDiscussion } from '../discussion/index.ts';

/** The place of a draft. An author has one draft in each. */
export interface DraftPlace {
  readonly kind: DraftKind;
  /** The row id of the discussion or comment; empty for a new discussion. */
  readonly subjectId: string;
}

/** What a mutation has done to a draft: its row id and place. */
export interface ChangedDraft extends DraftPlace {
  readonly draftId: string;
}

/** Whether the text is that of a discussion, which has a title and entries of the catalog. */
export function isOfDiscussion({ kind }: DraftPlace): boolean {
  return kind === 'DISCUSSION' || kind === 'DISCUSSION_EDIT';
}

const isOnComment = ({ kind }: DraftPlace) => kind === 'REPLY' || kind === 'COMMENT_EDIT';

/** The place that an input names. Throws NOT_FOUND with the field of what the viewer doesn't see. */
export async function findPlace(ctx: Context, input: SaveDraftInput): Promise<DraftPlace> {
  const { discussionId, replyToId, editedId } = input;
  if (editedId) {
    if (discussionId || replyToId)
      throw badInput('Give `editedId`, or `discussionId` and `replyToId`, not both.', 'input.editedId');
    return findEdited(ctx, editedId);
  }
  if (replyToId) return findReply(ctx, replyToId, discussionId);
  if (!discussionId) return { kind: 'DISCUSSION', subjectId: '' };
  const subjectId = requiredRowId('Discussion', discussionId, 'input.discussionId');
  if (!(await loadDiscussion(ctx, subjectId))) throw unknownId(discussionId, 'input.discussionId');
  return { kind: 'COMMENT', subjectId };
}

async function findEdited(ctx: Context, editedId: string): Promise<DraftPlace> {
  const edited = parseGlobalId(editedId);
  const subjectId = edited?.rowId ?? '';
  if (edited?.type === 'Discussion' && (await loadDiscussion(ctx, subjectId)))
    return { kind: 'DISCUSSION_EDIT', subjectId };
  if (edited?.type === 'Comment' && (await loadComment(ctx, subjectId)))
    return { kind: 'COMMENT_EDIT', subjectId };
  throw unknownId(editedId, 'input.editedId');
}

async function findReply(
  ctx: Context,
  replyToId: string,
  discussionId: string | null | undefined,
): Promise<DraftPlace> {
  const subjectId = requiredRowId('Comment', replyToId, 'input.replyToId');
  const comment = await loadComment(ctx, subjectId);
  if (!comment) throw unknownId(replyToId, 'input.replyToId');
  if (
    discussionId &&
    requiredRowId('Discussion', discussionId, 'input.discussionId') !== comment.discussionId
  )
    throw badInput('The comment to reply to belongs to another discussion.', 'input.replyToId');
  return { kind: 'REPLY', subjectId };
}

/** The comment of a place. Null if it is on none, or if the viewer doesn't see it any longer. */
export function loadCommentOf(ctx: Context, place: DraftPlace): Promise<CommentRow | null> | null {
  return isOnComment(place) ? loadComment(ctx, place.subjectId) : null;
}

/** The discussion of a place. Null for a new one, or if the viewer doesn't see it any longer. */
export async function loadDiscussionOf(ctx: Context, place: DraftPlace): Promise<DiscussionRow | null> {
  if (place.kind === 'DISCUSSION') return null;
  if (!isOnComment(place)) return loadDiscussion(ctx, place.subjectId);
  const comment = await loadComment(ctx, place.subjectId);
  return comment && loadDiscussion(ctx, comment.discussionId);
}
