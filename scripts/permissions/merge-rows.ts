import { mayMerge, maySplit } from '../../src/forum/merge/merge-rules.ts';
import { onDiscussion, type Row, rows, type Situation } from './row.ts';

const IN_PLACE: readonly Situation[] = ['open', 'locked'];

export const ROWS: readonly Row[] = [
  ...rows(
    ['mergeDiscussions', ''],
    IN_PLACE,
    null,
    ({ discussionId, otherDiscussionId }) => ({ sourceId: discussionId, destinationId: otherDiscussionId }),
    // the other discussion has no category: who moderates one category does not moderate it
    (viewer, { discussion }) => bothOf(mayMerge(viewer, discussion), mayMerge(viewer, { categoryId: null })),
  ),
  ...rows(
    ['unmergeDiscussions', 'of a discussion that is not merged'],
    IN_PLACE,
    onDiscussion('merge'),
    ({ discussionId }) => ({ sourceId: discussionId }),
    (viewer, { discussion }) => mayMerge(viewer, discussion),
  ),
  ...rows(
    ['splitDiscussion', ''],
    IN_PLACE,
    onDiscussion('split'),
    ({ commentId }) => ({ commentIds: [commentId], title: 'Something else' }),
    (viewer, { discussion }) => maySplit(viewer, discussion),
  ),
];

function bothOf(first: ReturnType<typeof mayMerge>, second: ReturnType<typeof mayMerge>) {
  return first.isAllowed ? second : first;
}
