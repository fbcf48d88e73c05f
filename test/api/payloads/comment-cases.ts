import { EDGES, type PayloadCase } from './payload-case.ts';
import type { Scene } from './scene.ts';

const onDiscussion = ({ discussionId }: Scene) => ({ discussionId });
const node = (id: string, type: string, field: string) =>
  `{ node(id: "${id}") { ... on ${type} { ${field}${EDGES} } } }`;

/** The mutations of comments. */
export const COMMENT_CASES: readonly PayloadCase[] = [
  {
    ...{ mutation: 'addComment', when: 'at the top level', by: 'ben' },
    input: (scene) => ({ ...onDiscussion(scene), body: 'New' }),
    edge: [
      'commentEdge',
      ({ discussionId }) => node(discussionId, 'Discussion', 'comments'),
      ['node', 'comments'],
    ],
  },
  {
    ...{ mutation: 'addComment', when: 'as a reply', by: 'ada' },
    input: (scene) => ({ ...onDiscussion(scene), replyToId: scene.comments.deep, body: 'New' }),
    edge: ['commentEdge', ({ comments }) => node(comments.deep, 'Comment', 'replies'), ['node', 'replies']],
  },
  {
    ...{ mutation: 'addComment', when: 'in the whole thread', by: 'ada' },
    input: (scene) => ({ ...onDiscussion(scene), replyToId: scene.comments.top, body: 'New' }),
    edge: [
      'allCommentsEdge',
      ({ discussionId }) => node(discussionId, 'Discussion', 'allComments'),
      ['node', 'allComments'],
    ],
  },
  {
    mutation: 'updateComment',
    by: 'ben',
    input: ({ comments }) => ({ commentId: comments.deep, body: 'Edited' }),
  },
  {
    ...{ mutation: 'updateComment', when: 'of the answer', by: 'cleo' },
    input: ({ comments }) => ({ commentId: comments.other, body: 'Edited' }),
  },
  {
    ...{ mutation: 'restoreCommentRevision', by: 'ben' },
    before: ({ comments, do: act }) => act('ada', 'markCommentAsAnswer', { commentId: comments.top }),
    input: ({ comments }) => ({ commentId: comments.top, revision: 1 }),
  },
  {
    mutation: 'redactCommentRevision',
    by: 'mod',
    input: ({ comments }) => ({ commentId: comments.top, revision: 2 }),
  },
  {
    mutation: 'deleteComment',
    when: 'with replies',
    by: 'ben',
    input: ({ comments }) => ({ commentId: comments.top }),
  },
  {
    mutation: 'deleteComment',
    when: 'of the answer',
    by: 'cleo',
    input: ({ comments }) => ({ commentId: comments.other }),
  },
  {
    ...{ mutation: 'deleteComment', when: 'below a tombstone', by: 'ben' },
    before: ({ comments, do: act }) => act('cleo', 'deleteComment', { commentId: comments.reply }),
    input: ({ comments }) => ({ commentId: comments.deep }),
  },
  {
    ...{ mutation: 'restoreComment', by: 'ben' },
    before: async ({ comments, do: act }) => {
      await act('cleo', 'deleteComment', { commentId: comments.reply });
      await act('ben', 'deleteComment', { commentId: comments.deep });
    },
    input: ({ comments }) => ({ commentId: comments.deep }),
    edge: ['commentEdge', ({ comments }) => node(comments.reply, 'Comment', 'replies'), ['node', 'replies']],
  },
  {
    ...{ mutation: 'restoreComment', when: 'in the whole thread', by: 'ben' },
    before: ({ comments, do: act }) => act('ben', 'deleteComment', { commentId: comments.deep }),
    input: ({ comments }) => ({ commentId: comments.deep }),
    edge: [
      'allCommentsEdge',
      ({ discussionId }) => node(discussionId, 'Discussion', 'allComments'),
      ['node', 'allComments'],
    ],
  },
  { mutation: 'markCommentAsAnswer', by: 'ada', input: ({ comments }) => ({ commentId: comments.deep }) },
  {
    ...{ mutation: 'markCommentAsAnswer', when: 'again after an edit', by: 'ada' },
    before: ({ comments, do: act }) =>
      act('cleo', 'updateComment', { commentId: comments.other, body: 'Edited' }),
    input: ({ comments }) => ({ commentId: comments.other }),
  },
  { mutation: 'unmarkCommentAsAnswer', by: 'ada', input: ({ comments }) => ({ commentId: comments.other }) },
];
