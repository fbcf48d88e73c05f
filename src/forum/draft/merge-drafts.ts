// Where drafts are after a merge, its undo and a split. The drafts of a text follow it wherever it goes, so that a redaction
// finds those of its edits.
import type { DraftKind } from '../../generated/graphql.ts';
import { change, type Transaction, updateRows } from '../../store/index.ts';
import { commentRedacted } from '../comment/index.ts';
import { commentBecameQuestion, discussionsUnmerged } from '../merge/index.ts';
import type { DraftPlace } from './draft-place.ts';

const removeWhereOther = change(
  'draft.removeWhereOther',
  `DELETE FROM draft WHERE subject_id = ? AND kind = ?
    AND author_id IN (SELECT o.author_id FROM draft o WHERE o.subject_id = ? AND o.kind = ?)`,
  { table: 'draft', sets: null, by: ['subject_id', 'kind', 'subject_id', 'kind'] },
);

/** Moves the drafts of a place to another one. An author who has a draft there keeps that one. */
async function moveDrafts(tx: Transaction, from: DraftPlace, to: DraftPlace): Promise<void> {
  await tx.run(removeWhereOther, [from.subjectId, from.kind, to.subjectId, to.kind]);
  await updateRows(tx, 'draft', { subjectId: from.subjectId, kind: from.kind }, to);
}

/** The drafts of edits of a comment become those of the discussion that it has become, and replies to it comments. */
async function moveToDiscussion(tx: Transaction, commentId: string, discussionId: string): Promise<void> {
  const of = (kind: DraftKind, subjectId: string) => ({ kind, subjectId });
  await moveDrafts(tx, of('COMMENT_EDIT', commentId), of('DISCUSSION_EDIT', discussionId));
  await moveDrafts(tx, of('REPLY', commentId), of('COMMENT', discussionId));
}

// A merge leaves the drafts of the merged discussion where they are, for its undo. By the comment alone: a split may have
// moved it to another discussion. Index discussion(merged_into_id, created_at, id), which has merged discussions alone.
const removeMerged = change(
  'draft.removeMerged',
  `DELETE FROM draft WHERE kind = 'DISCUSSION_EDIT' AND subject_id IN (SELECT d.id FROM discussion d
    WHERE d.merged_into_id IS NOT NULL AND d.merged_comment_id = ?)`,
  { table: 'draft', sets: null, by: [null] },
);

discussionsUnmerged.listen((tx, { commentId, sourceId }) => moveToDiscussion(tx, commentId, sourceId));

// a merge whose comment is gone cannot be undone, and no redaction of the new question would find its drafts
commentBecameQuestion.listen(async (tx, { commentId, discussionId }) => {
  await tx.run(removeMerged, [commentId]);
  await moveToDiscussion(tx, commentId, discussionId);
});

commentRedacted.listen((tx, { commentId }) => tx.run(removeMerged, [commentId]));
