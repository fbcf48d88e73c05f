// Votes of discussions that are merged, and of comments that become questions. See forum/merge.
import { change } from '../../store/index.ts';
import { commentBecameQuestion, discussionsMerged, discussionsUnmerged } from '../merge/index.ts';

const COLUMNS = 'discussion_id, author_id, value, created_at, updated_at';

const copyVotes = change(
  'vote.copyToDestination',
  `INSERT INTO discussion_vote (${COLUMNS})
    SELECT d.id, v.author_id, v.value, v.created_at, v.updated_at
    FROM discussion d JOIN merged_row m ON m.source_id = ?
      JOIN discussion_vote v ON v.discussion_id = m.source_id AND v.author_id = m.row_id
    WHERE d.id = ?`,
  { table: 'discussion_vote', sets: null, by: [null, null] },
);
const removeCopies = change(
  'vote.removeCopies',
  `DELETE FROM discussion_vote WHERE discussion_id = ? AND EXISTS (
      SELECT 1 FROM merged_row m
        JOIN discussion_vote v ON v.discussion_id = m.source_id AND v.author_id = m.row_id
      WHERE m.source_id = ? AND m.row_id = discussion_vote.author_id AND v.updated_at = discussion_vote.updated_at
    )`,
  { table: 'discussion_vote', sets: null, by: ['discussion_id', null] },
);
const copyFromComment = change(
  'vote.copyFromComment',
  `INSERT INTO discussion_vote (${COLUMNS})
    SELECT d.id, v.author_id, v.value, v.created_at, v.updated_at
    FROM discussion d JOIN comment_vote v ON v.comment_id = ? WHERE d.id = ?`,
  { table: 'discussion_vote', sets: null, by: [null, null] },
);

// the source's own votes stay, and are its votes again if the merge is undone
discussionsMerged.listen((tx, { sourceId, destinationId }) => tx.run(copyVotes, [sourceId, destinationId]));
// a vote that was changed since is one on the destination
discussionsUnmerged.listen((tx, { sourceId, destinationId }) =>
  tx.run(removeCopies, [destinationId, sourceId]),
);
commentBecameQuestion.listen((tx, { commentId, discussionId }) =>
  tx.run(copyFromComment, [commentId, discussionId]),
);
