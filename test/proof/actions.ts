import type { Dice } from './dice.ts';

/** A mutation as histories use it. A further mutation is one further line of ACTIONS. */
export interface Action {
  readonly mutation: string;
  /** Who of the cast may do it to what ada asked and ben said. */
  readonly by: string;
  /** How often a history does it, beside the others. */
  readonly weight: number;
  /** The tables to which it adds a row, as often as it adds one. */
  readonly adds: readonly string[];
  /** The mutations of this list that make it possible, in their order. */
  readonly needs?: readonly string[];
  /** The input, without keys. Dice that fall as 0 and as 1 give two that differ and can be done both. */
  input(dice: Dice): Record<string, unknown>;
  /** What is asked of the payload. */
  readonly returns: string;
}

/** Few, so that writers meet at the same slug. */
const TITLES = ['Is it so?', 'How many are there?', 'Why?'];
const BODIES = ['It is. @ada says so too.', '**No**, says @ben', 'Ask @cleo and @nobody', 'a\n\n> b\n\n🦜'];

const PAGES = ['https://b.example/one', 'https://b.example/two'];
const DIRECTIONS = ['UP', 'DOWN', 'NONE', 'UP'] as const;

/** Both discussions say it in the moderation log. */
const MODERATED_TWICE = ['moderation_event', 'moderation_event'];
const MERGE_ADDS = ['discussion_merge', 'comment', 'merged_row', ...MODERATED_TWICE];

export const ACTIONS: readonly Action[] = [
  {
    ...{
      mutation: 'createDiscussion',
      by: 'ada',
      weight: 6,
      adds: ['discussion', 'discussion_mention'],
    },
    input: (dice) => ({ title: dice.of(TITLES), body: dice.of(BODIES) }),
    returns: 'discussion { id slug }',
  },
  {
    ...{
      mutation: 'addComment',
      by: 'ben',
      weight: 12,
      adds: ['comment', 'comment_mention'],
    },
    input: (dice) => ({ discussionId: dice.discussion(), body: dice.of(BODIES) }),
    returns: 'comment { id discussion { id } }',
  },
  {
    ...{
      mutation: 'addComment',
      by: 'ben',
      weight: 12,
      adds: ['comment', 'comment_mention'],
    },
    input: (dice) => {
      const { id, discussionId } = dice.comment();
      return { discussionId, replyToId: id, body: dice.of(BODIES) };
    },
    returns: 'comment { id discussion { id } }',
  },
  {
    ...{ mutation: 'setVote', by: 'cleo', weight: 15, adds: ['discussion_vote'] },
    input: (dice) => ({ subjectId: dice.discussion(), direction: dice.of(DIRECTIONS) }),
    returns: 'subject { id viewerVote }',
  },
  {
    ...{ mutation: 'setVote', by: 'cleo', weight: 25, adds: ['comment_vote'] },
    input: (dice) => ({ subjectId: dice.comment().id, direction: dice.of(DIRECTIONS) }),
    returns: 'subject { id viewerVote }',
  },
  {
    ...{ mutation: 'updateComment', by: 'ben', weight: 10, adds: ['comment_revision', 'comment_mention'] },
    input: (dice) => ({ commentId: dice.comment().id, body: dice.of(BODIES) }),
    returns: 'comment { id revision }',
  },
  {
    ...{ mutation: 'restoreCommentRevision', by: 'ben', weight: 4, adds: ['comment_revision'] },
    ...{ needs: ['updateComment'], returns: 'comment { id revision }' },
    input: (dice) => ({ commentId: dice.comment().id, revision: dice.of([1, 1, 2]) }),
  },
  {
    ...{ mutation: 'redactCommentRevision', by: 'mod', weight: 2, adds: ['moderation_event'] },
    ...{ needs: ['updateComment'], returns: 'comment { id revision }' },
    input: (dice) => ({ commentId: dice.comment().id, revision: dice.of([1, 1, 2]) }),
  },
  onComment('deleteComment', 'ben', 8, 'deletedCommentId'),
  onComment('restoreComment', 'ben', 8, 'comment { id }', ['deleteComment']),
  onComment('markCommentAsAnswer', 'ada', 5, 'comment { id }'),
  onComment('unmarkCommentAsAnswer', 'ada', 2, 'comment { id }', ['markCommentAsAnswer']),
  {
    ...onDiscussion('findOrCreateDiscussion', 'ada', 4, ['discussion', 'discussion_mention']),
    input: (dice) => ({ externalId: dice.discussion(), title: dice.of(TITLES), body: dice.of(BODIES) }),
  },
  {
    ...onDiscussion('updateDiscussion', 'ada', 8, ['discussion_revision', 'discussion_mention']),
    input: (dice) => ({ discussionId: dice.discussion(), body: dice.of(BODIES) }),
  },
  {
    ...onDiscussion('restoreDiscussionRevision', 'ada', 4, ['discussion_revision'], ['updateDiscussion']),
    input: (dice) => ({ discussionId: dice.discussion(), revision: dice.of([1, 1, 2]) }),
  },
  {
    ...onDiscussion('redactDiscussionRevision', 'mod', 2, ['moderation_event'], ['updateDiscussion']),
    input: (dice) => ({ discussionId: dice.discussion(), revision: dice.of([1, 1, 2]) }),
  },
  { ...onDiscussion('deleteDiscussion', 'mod', 3, []), returns: 'deletedDiscussionId' },
  onDiscussion('restoreDiscussion', 'mod', 6, [], ['deleteDiscussion']),
  {
    ...onDiscussion('lockDiscussion', 'mod', 4, []),
    input: (dice) => ({ discussionId: dice.discussion(), reason: dice.of(['SPAM', 'RESOLVED']) }),
  },
  onDiscussion('unlockDiscussion', 'mod', 6, [], ['lockDiscussion']),
  onDiscussion('closeDiscussion', 'ada', 3, []),
  onDiscussion('reopenDiscussion', 'ada', 3, [], ['closeDiscussion']),
  {
    ...onDiscussion('markDuplicate', 'ada', 6, []),
    input: (dice) => {
      const discussionId = dice.discussion();
      return { discussionId, originalId: dice.otherThan(discussionId) };
    },
    returns: 'discussion { id closeReason } original { id } previousOriginal { id }',
  },
  onDiscussion('unmarkDuplicate', 'ada', 2, [], ['markDuplicate']),
  {
    ...onDiscussion('mergeDiscussions', 'mod', 2, MERGE_ADDS),
    input: (dice) => {
      const destinationId = dice.discussion();
      return { sourceId: dice.otherThan(destinationId), destinationId };
    },
    returns: 'destination { id } source { id } comment { id discussion { id } } unmarkedAnswer { id }',
  },
  {
    ...onDiscussion('unmergeDiscussions', 'mod', 3, MODERATED_TWICE, ['mergeDiscussions']),
    input: (dice) => ({ sourceId: dice.otherThan(dice.discussion()) }),
    returns: 'source { id } destination { id } removedCommentId',
  },
  {
    ...onDiscussion('splitDiscussion', 'mod', 2, ['discussion', ...MODERATED_TWICE]),
    input: (dice) => ({ commentIds: [dice.comment().id], title: dice.of(TITLES) }),
    returns: 'discussion { id } source { id } removedCommentId unmarkedAnswer { id }',
  },
  {
    ...onDiscussion('pinDiscussion', 'mod', 3, ['pin']),
    input: (dice) => ({ discussionId: dice.discussion(), label: dice.of(['Pinned', 'Common']) }),
  },
  onDiscussion('unpinDiscussion', 'mod', 2, [], ['pinDiscussion']),
  {
    ...onDiscussion('addRelatedDiscussion', 'mod', 4, ['related_link']),
    input: (dice) => ({ discussionId: dice.discussion(), url: dice.of(PAGES), title: dice.of(TITLES) }),
  },
  {
    ...{ mutation: 'updateAuthor', by: 'ada', weight: 2, adds: [], returns: 'author { id }' },
    input: (dice) => ({ jobTitle: dice.of(TITLES) }),
  },
  {
    ...onDiscussion('removeRelatedDiscussion', 'mod', 2, [], ['addRelatedDiscussion']),
    input: (dice) => ({ discussionId: dice.discussion(), url: dice.of(PAGES) }),
  },
  {
    ...onDiscussion('addBookmark', 'cleo', 6, ['bookmark']),
    returns: 'bookmarkEdge { cursor node { id } } discussion { id viewerHasBookmarked }',
  },
  {
    ...onDiscussion('removeBookmark', 'cleo', 4, [], ['addBookmark']),
    returns: 'removedBookmarkId discussion { id viewerHasBookmarked }',
  },
  {
    ...onDiscussion('saveDraft', 'ben', 6, ['draft']),
    input: (dice) => ({ discussionId: dice.discussion(), body: dice.of(BODIES) }),
    returns: 'draftEdge { cursor node { id body } }',
  },
  {
    ...{ mutation: 'saveDraft', by: 'ben', weight: 4, adds: ['draft'] },
    input: (dice) => ({ editedId: dice.comment().id, body: dice.of(BODIES) }),
    returns: 'draftEdge { cursor node { id body } }',
  },
  {
    ...{ mutation: 'deleteDraft', by: 'cleo', weight: 4, adds: [], returns: 'deletedDraftId' },
    input: (dice) => ({ draftId: dice.draft() }),
  },
  onDiscussion('recordDiscussionView', 'cleo', 4, []),
];

/** A mutation that takes a discussion, and nothing else where its line says no more. */
function onDiscussion(
  mutation: string,
  by: string,
  weight: number,
  adds: readonly string[],
  needs: readonly string[] = [],
): Action {
  const input = (dice: Dice) => ({ discussionId: dice.discussion() });
  return { mutation, by, weight, adds, needs, input, returns: 'discussion { id }' };
}

/** A mutation that takes a comment and nothing else, and adds no row. */
function onComment(
  mutation: string,
  by: string,
  weight: number,
  returns: string,
  needs: readonly string[] = [],
): Action {
  const input = (dice: Dice) => ({ commentId: dice.comment().id });
  return { mutation, by, weight, returns, needs, adds: [], input };
}
