import { ACCOUNT_CASES } from './account-cases.ts';
import { COMMENT_CASES } from './comment-cases.ts';
import { DRAFT_CASES } from './draft-cases.ts';
import { MERGE_CASES } from './merge-cases.ts';
import { allOf, allOfViewer, type PayloadCase } from './payload-case.ts';
import type { Scene } from './scene.ts';

const onDiscussion = ({ discussionId }: Scene) => ({ discussionId });

/** Splits a discussion off, puts it into the client's cache, and answers its id. */
const splitOff = async ({ comments, ids, do: act }: Scene) => {
  const input = { commentIds: [comments.top], title: 'Split off' };
  const { data } = await act('mod', 'splitDiscussion', input, 'discussion { id }');
  const discussionId: string = data.splitDiscussion.discussion.id;
  ids.push(discussionId);
  return { discussionId };
};

const catalog = (['Product', 'Category', 'Tag'] as const).flatMap((type): PayloadCase[] => {
  const kind = type.toLowerCase();
  const idOf = (scene: Scene) =>
    ({ Product: scene.productId, Category: scene.categoryId, Tag: scene.tag.id })[type];
  const list = { Product: 'products', Category: 'categories', Tag: 'tags' }[type];
  return [
    {
      ...{ mutation: `create${type}`, by: 'mod', edge: [`${kind}Edge`, ...allOf(list)] },
      input: ({ tag }) => ({ name: `New ${type} beside ${tag.slug}` }),
    },
    {
      ...{ mutation: `update${type}`, by: 'mod' },
      input: (scene) => ({
        [`${kind}Id`]: idOf(scene),
        name: 'Renamed',
        ...(type === 'Category' && { isAnswerable: false }),
      }),
      // what may be done with every discussion and comment of the category
      ...(type === 'Category' && { refetched: ['Discussion.viewerCan', 'Comment.viewerCan'] }),
    },
    {
      ...{ mutation: `delete${type}`, by: 'mod' },
      input: ({ unused }) => ({ [`${kind}Id`]: unused[type] }),
    },
  ];
});

/** Every mutation, once or more. */
export const CASES: readonly PayloadCase[] = [
  ...catalog,
  ...ACCOUNT_CASES,
  ...COMMENT_CASES,
  ...DRAFT_CASES,
  ...MERGE_CASES,
  {
    ...{ mutation: 'createDiscussion', by: 'ada', edge: ['discussionEdge', ...allOf('discussions')] },
    input: ({ categoryId, tag }) => ({ title: 'New', body: 'New', categoryId, tagSlugs: [tag.slug] }),
  },
  {
    ...{ mutation: 'findOrCreateDiscussion', by: 'ada', edge: ['discussionEdge', ...allOf('discussions')] },
    input: ({ discussionId }) => ({ externalId: discussionId, title: 'New', body: 'New' }),
  },
  {
    ...{ mutation: 'updateDiscussion', by: 'ada' },
    input: ({ discussionId, tag }) => ({
      discussionId,
      title: 'Edited',
      body: 'Edited',
      tagSlugs: [tag.slug],
      categoryId: null,
    }),
  },
  {
    ...{ mutation: 'updateDiscussion', when: 'to another product', by: 'mod' },
    before: ({ comments, do: act }) =>
      act('mod', 'updateComment', { commentId: comments.top, isOfficial: true }),
    input: ({ discussionId }) => ({ discussionId, productId: null }),
    refetched: ['Comment.isOfficial'],
  },
  {
    ...{ mutation: 'updateDiscussion', when: 'to a category without answers', by: 'mod' },
    before: ({ unused, do: act }) =>
      act('mod', 'updateCategory', { categoryId: unused.Category, isAnswerable: false }),
    input: ({ discussionId, unused }) => ({ discussionId, categoryId: unused.Category }),
    refetched: ['Comment.viewerCan'],
  },
  { mutation: 'deleteDiscussion', by: 'mod', input: onDiscussion },
  {
    ...{ mutation: 'deleteDiscussion', when: 'of a duplicate', by: 'mod', input: onDiscussion },
    before: ({ discussionId, otherDiscussionId, do: act }) =>
      act('mod', 'markDuplicate', { discussionId, originalId: otherDiscussionId }),
    refetched: ['Discussion.duplicates'],
  },
  {
    ...{ mutation: 'deleteDiscussion', when: 'of an original', by: 'mod', input: onDiscussion },
    before: ({ discussionId, otherDiscussionId, do: act }) =>
      act('mod', 'markDuplicate', { discussionId: otherDiscussionId, originalId: discussionId }),
    refetched: ['Discussion.duplicateOf'],
  },
  {
    ...{ mutation: 'deleteDiscussion', when: 'of one that was split off', by: 'mod' },
    input: splitOff,
    refetched: ['Discussion.splitDiscussions'],
  },
  {
    ...{ mutation: 'deleteDiscussion', when: 'of one that others were split from', by: 'mod' },
    before: splitOff,
    input: onDiscussion,
    refetched: ['Discussion.splitFrom'],
  },
  {
    ...{ mutation: 'restoreDiscussion', by: 'mod', input: onDiscussion },
    before: ({ discussionId, do: act }) => act('mod', 'deleteDiscussion', { discussionId }),
    edge: ['discussionEdge', ...allOf('discussions')],
  },
  {
    mutation: 'restoreDiscussionRevision',
    by: 'ada',
    input: (scene) => ({ ...onDiscussion(scene), revision: 1 }),
  },
  {
    mutation: 'redactDiscussionRevision',
    by: 'mod',
    input: (scene) => ({ ...onDiscussion(scene), revision: 2 }),
  },
  { mutation: 'pinDiscussion', by: 'mod', input: (scene) => ({ ...onDiscussion(scene), label: 'Common' }) },
  {
    ...{ mutation: 'unpinDiscussion', by: 'mod', input: onDiscussion },
    before: ({ discussionId, do: act }) => act('mod', 'pinDiscussion', { discussionId }),
  },
  {
    ...{
      mutation: 'lockDiscussion',
      by: 'mod',
      input: (scene) => ({ ...onDiscussion(scene), reason: 'SPAM' }),
    },
    refetched: ['Comment.viewerCan'],
  },
  {
    ...{ mutation: 'unlockDiscussion', by: 'mod', input: onDiscussion, refetched: ['Comment.viewerCan'] },
    before: ({ discussionId, do: act }) => act('mod', 'lockDiscussion', { discussionId }),
  },
  {
    mutation: 'closeDiscussion',
    by: 'ada',
    input: (scene) => ({ ...onDiscussion(scene), reason: 'OUTDATED' }),
  },
  {
    ...{ mutation: 'reopenDiscussion', by: 'ada', input: onDiscussion },
    before: ({ discussionId, do: act }) => act('ada', 'closeDiscussion', { discussionId }),
  },
  {
    ...{ mutation: 'closeDiscussion', when: 'of a duplicate', by: 'ada' },
    before: ({ discussionId, otherDiscussionId, do: act }) =>
      act('ada', 'markDuplicate', { discussionId, originalId: otherDiscussionId }),
    input: (scene) => ({ ...onDiscussion(scene), reason: 'OUTDATED' }),
  },
  {
    ...{ mutation: 'reopenDiscussion', when: 'of a duplicate', by: 'ada', input: onDiscussion },
    before: ({ discussionId, otherDiscussionId, do: act }) =>
      act('ada', 'markDuplicate', { discussionId, originalId: otherDiscussionId }),
  },
  {
    ...{ mutation: 'markDuplicate', by: 'ada' },
    input: (scene) => ({ ...onDiscussion(scene), originalId: scene.otherDiscussionId }),
  },
  {
    ...{ mutation: 'markDuplicate', when: 'of another original', by: 'ada' },
    before: ({ discussionId, otherDiscussionId, do: act }) =>
      act('ada', 'markDuplicate', { discussionId, originalId: otherDiscussionId }),
    input: (scene) => ({ ...onDiscussion(scene), originalId: scene.thirdDiscussionId }),
  },
  {
    ...{ mutation: 'markDuplicate', when: 'with duplicates of its own', by: 'ada' },
    before: ({ discussionId, otherDiscussionId, do: act }) =>
      act('mod', 'markDuplicate', { discussionId: otherDiscussionId, originalId: discussionId }),
    input: (scene) => ({ ...onDiscussion(scene), originalId: scene.thirdDiscussionId }),
    refetched: ['Discussion.duplicateOf'],
  },
  {
    ...{ mutation: 'unmarkDuplicate', by: 'ada', input: onDiscussion },
    before: ({ discussionId, otherDiscussionId, do: act }) =>
      act('ada', 'markDuplicate', { discussionId, originalId: otherDiscussionId }),
  },
  {
    ...{ mutation: 'addRelatedDiscussion', by: 'mod' },
    input: (scene) => ({ ...onDiscussion(scene), relatedDiscussionId: scene.otherDiscussionId }),
  },
  {
    ...{ mutation: 'removeRelatedDiscussion', by: 'mod' },
    before: ({ discussionId, otherDiscussionId: relatedDiscussionId, do: act }) =>
      act('mod', 'addRelatedDiscussion', { discussionId, relatedDiscussionId }),
    input: (scene) => ({ ...onDiscussion(scene), relatedDiscussionId: scene.otherDiscussionId }),
  },
  {
    ...{ mutation: 'setVote', when: 'on a discussion', by: 'cleo' },
    input: ({ discussionId }) => ({ subjectId: discussionId, direction: 'UP' }),
  },
  {
    ...{ mutation: 'setVote', when: 'on a comment', by: 'ada' },
    input: ({ comments }) => ({ subjectId: comments.reply, direction: 'DOWN' }),
  },
  {
    mutation: 'addBookmark',
    by: 'cleo',
    input: onDiscussion,
    edge: ['bookmarkEdge', ...allOfViewer('bookmarks')],
  },
  {
    ...{ mutation: 'removeBookmark', by: 'cleo', input: onDiscussion },
    before: ({ discussionId, do: act }) => act('cleo', 'addBookmark', { discussionId }),
  },
  { mutation: 'recordDiscussionView', by: 'cleo', input: onDiscussion },
];
