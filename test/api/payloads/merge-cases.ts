import { allOf, type PayloadCase } from './payload-case.ts';

/** The mutations of merging and splitting. */
export const MERGE_CASES: readonly PayloadCase[] = [
  {
    ...{ mutation: 'mergeDiscussions', by: 'mod' },
    input: ({ otherDiscussionId, discussionId }) => ({
      sourceId: otherDiscussionId,
      destinationId: discussionId,
    }),
  },
  {
    ...{ mutation: 'mergeDiscussions', when: 'of a duplicate', by: 'mod' },
    before: ({ otherDiscussionId, thirdDiscussionId, do: act }) =>
      act('mod', 'markDuplicate', { discussionId: otherDiscussionId, originalId: thirdDiscussionId }),
    input: ({ otherDiscussionId, discussionId }) => ({
      sourceId: otherDiscussionId,
      destinationId: discussionId,
    }),
    refetched: ['Discussion.duplicates'],
  },
  {
    ...{ mutation: 'unmergeDiscussions', by: 'mod', refetched: ['Comment.discussion'] },
    before: ({ otherDiscussionId, discussionId, do: act }) =>
      act('mod', 'mergeDiscussions', { sourceId: discussionId, destinationId: otherDiscussionId }),
    input: ({ discussionId }) => ({ sourceId: discussionId }),
  },
  {
    ...{ mutation: 'splitDiscussion', by: 'mod', edge: ['discussionEdge', ...allOf('discussions')] },
    ...{ refetched: ['Comment.depth', 'Comment.discussion', 'Comment.replyTo'] },
    input: ({ comments }) => ({ commentIds: [comments.top], title: 'Another question' }),
  },
];
