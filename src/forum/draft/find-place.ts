// Whether the viewer sees the place of a draft. All read inside the transaction, so that a repeat of a write whose place
// has gone since gets the stored outcome.
import { badInput } from '../../access/errors.ts';
import type { SaveDraftInput } from '../../generated/graphql.ts';
import { unknownId } from '../../graphql/global-id.ts';
import { statement, type Transaction } from '../../store/index.ts';
import { isListed, lockCommentForUpdate } from '../comment/index.ts';
import type { DraftPlace, NamedPlace } from './draft-place.ts';

/**
 * The place that is named, or the same place of the discussion that the named one was merged into, as `addComment` finds
 * it. Throws NOT_FOUND with the field of what the viewer doesn't see.
 */
export async function findPlace(
  tx: Transaction,
  input: SaveDraftInput,
  { kind, subjectId, discussionId }: NamedPlace,
): Promise<DraftPlace> {
  const { discussionId: namedId, replyToId, editedId } = input;
  const found = discussionId === null ? null : await first(tx.all(discussionOrMergedInto, [discussionId]));
  if (discussionId !== null && found === null) throw unknownId(namedId ?? '', 'input.discussionId');
  if (kind === 'COMMENT' && found !== null) return { kind, subjectId: found };
  if (kind === 'REPLY') {
    const of = await lockedCommentIn(tx, subjectId);
    if (of === null) throw unknownId(replyToId ?? '', 'input.replyToId');
    if (found !== null && found !== of)
      throw badInput('The comment to reply to belongs to another discussion.', 'input.replyToId');
  }
  if (kind === 'DISCUSSION_EDIT' || kind === 'COMMENT_EDIT') {
    const isComment = kind === 'COMMENT_EDIT';
    const seen = isComment ? lockedCommentIn(tx, subjectId) : first(tx.all(visibleDiscussion, [subjectId]));
    if ((await seen) === null) throw unknownId(editedId ?? '', 'input.editedId');
  }
  return { kind, subjectId };
}

interface Found {
  readonly id: string;
}

const first = async (rows: PromiseLike<Found[]> | Found[]) => (await rows)[0]?.id ?? null;

const visibleDiscussion = statement<Found>(
  'draft.visibleDiscussion',
  'SELECT id FROM discussion WHERE id = ? AND deleted_at IS NULL',
);

const discussionOrMergedInto = statement<Found>(
  'draft.discussionOrMergedInto',
  `SELECT coalesce(i.id, d.id) AS "id" FROM discussion d
    LEFT JOIN discussion i ON i.id = d.merged_into_id AND i.deleted_at IS NULL
    WHERE d.id = ? AND (d.deleted_at IS NULL OR i.id IS NOT NULL)`,
);

/**
 * The discussion of a comment, whose row is locked: a split and the undo of a merge move its drafts and remove it, and
 * must find this one. Null if the viewer doesn't see the comment.
 */
async function lockedCommentIn(tx: Transaction, commentId: string): Promise<string | null> {
  const comment = await lockCommentForUpdate(tx, commentId);
  if (!comment || !isListed(comment) || comment.discussionDeletedAt !== null) return null;
  return comment.discussionId;
}
