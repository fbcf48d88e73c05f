import { DEFAULT_POLICY as policy } from '../../src/access/policy.ts';
import { mayVote, mayVoteOnDiscussion } from '../../src/forum/vote/vote-rules.ts';
import { onComment, onDiscussion, type Row, rows } from './row.ts';

export const ROWS: readonly Row[] = [
  ...rows(
    ['setVote', 'on the discussion'],
    ['open', 'locked'],
    onDiscussion('vote'),
    ({ discussionId }) => ({ subjectId: discussionId, direction: 'UP' }),
    (viewer, { discussion }) => mayVoteOnDiscussion(viewer, discussion, policy),
  ),
  ...rows(
    ['setVote', 'on the comment'],
    ['open', 'locked', 'comment deleted by its author'],
    onComment('vote'),
    ({ commentId }) => ({ subjectId: commentId, direction: 'UP' }),
    (viewer, { comment: { authorId, deletedAt }, discussion: { lockedAt } }) =>
      mayVote(viewer, { authorId, isLocked: lockedAt !== null, isDeleted: deletedAt !== null }, policy),
  ),
];
