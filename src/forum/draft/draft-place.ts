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

/** The place that an input names. */
export interface NamedPlace extends DraftPlace {
  /** The row id of the discussion that the input names to comment on. Null if it names none. */
  readonly discussionId: string | null;
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

/** The place that an input names, whether or not the viewer sees it. Throws if the ids are of no place. */
export function namedPlace({ discussionId, replyToId, editedId, revision }: SaveDraftInput): NamedPlace {
  const thread =
    discussionId != null ? requiredRowId('Discussion', discussionId, 'input.discussionId') : null;
  if (editedId != null) {
    if (discussionId != null || replyToId != null)
      throw badInput('Give `editedId`, or `discussionId` and `replyToId`, not both.', 'input.editedId');
    const edited = parseGlobalId(editedId);
    if (edited?.type !== 'Discussion' && edited?.type !== 'Comment')
      throw unknownId(editedId, 'input.editedId');
    const kind = edited.type === 'Discussion' ? 'DISCUSSION_EDIT' : 'COMMENT_EDIT';
    return { kind, subjectId: edited.rowId, discussionId: null };
  }
  if (typeof revision === 'number')
    throw badInput('Only an edit is based on a revision: give `editedId`.', 'input.revision');
  if (replyToId != null) {
    const subjectId = requiredRowId('Comment', replyToId, 'input.replyToId');
    return { kind: 'REPLY', subjectId, discussionId: thread };
  }
  if (thread === null) return { kind: 'DISCUSSION', subjectId: '', discussionId: null };
  return { kind: 'COMMENT', subjectId: thread, discussionId: thread };
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
