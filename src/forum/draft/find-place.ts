// Whether the viewer sees the place of a draft. All read inside the transaction, so that a repeat of a write whose place
// has gone since gets the stored outcome.
import { badInput } from '../../access/errors.ts';
import type { SaveDraftInput } from '../../generated/graphql.ts';
import { unknownId } from '../../graphql/global-id.ts';
import { statement, type Transaction } from '../../store/index.ts';
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
    const of = await first(tx.all(discussionOfComment, [subjectId]));
    if (of === null) throw unknownId(replyToId ?? '', 'input.replyToId');
    if (found !== null && found !== of)
      throw badInput('The comment to reply to belongs to another discussion.', 'input.replyToId');
  }
  if (kind === 'DISCUSSION_EDIT' || kind === 'COMMENT_EDIT') {
    const edited = kind === 'DISCUSSION_EDIT' ? visibleDiscussion : discussionOfComment;
    if ((await first(tx.all(edited, [subjectId]))) === null)
      throw unknownId(editedId ?? '', 'input.editedId');
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

const discussionOfComment = statement<Found>(
  'draft.discussionOfComment',
  `SELECT d.id FROM comment c JOIN discussion d ON d.id = c.discussion_id
    WHERE c.id = ? AND (c.deleted_at IS NULL OR c.reply_count > 0) AND d.deleted_at IS NULL`,
);
