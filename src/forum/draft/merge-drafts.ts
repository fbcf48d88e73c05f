// Where drafts are after a split and a merge.
import { change, updateRows } from '../../store/index.ts';
import { commentRedacted } from '../comment/index.ts';
import { commentBecameQuestion } from '../merge/index.ts';

// the edits of a comment become those of the discussion, so that a redaction of its text finds them
commentBecameQuestion.listen(async (tx, { commentId, discussionId }) => {
  const place = { subjectId: discussionId, kind: 'DISCUSSION_EDIT' } as const;
  await updateRows(tx, 'draft', { subjectId: commentId, kind: 'COMMENT_EDIT' }, place);
  const thread = { subjectId: discussionId, kind: 'COMMENT' } as const;
  await updateRows(tx, 'draft', { subjectId: commentId, kind: 'REPLY' }, thread);
});

// the undo of a merge leaves the drafts of the merged discussion where they were, so they stay with it
const removeMerged = change(
  'draft.removeMerged',
  `DELETE FROM draft WHERE kind = 'DISCUSSION_EDIT' AND subject_id IN (SELECT d.id FROM comment c
    JOIN discussion d ON d.merged_into_id = c.discussion_id AND d.merged_comment_id = c.id WHERE c.id = ?)`,
  { table: 'draft', sets: null, by: [null] },
);
commentRedacted.listen((tx, { commentId }) => tx.run(removeMerged, [commentId]));
