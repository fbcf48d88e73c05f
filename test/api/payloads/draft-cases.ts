import { allOfViewer, type PayloadCase } from './payload-case.ts';
import type { Scene } from './scene.ts';

type Input = (scene: Scene) => Record<string, string>;
const onDiscussion: Input = ({ discussionId }) => ({ discussionId });
const onComment: Input = ({ discussionId, comments }) => ({ discussionId, replyToId: comments.reply });
const ofDiscussion: Input = ({ discussionId }) => ({ editedId: discussionId });
const ofComment: Input = ({ comments }) => ({ editedId: comments.top });
const edge = ['draftEdge', ...allOfViewer('drafts')] as const;

/** A mutation with which an author posts what they have a draft of. */
const posting = (by: string, mutation: string, place: Input, input: Input): PayloadCase => ({
  ...{ mutation, when: 'with a draft', by },
  before: (scene) => scene.do(by, 'saveDraft', { ...place(scene), body: 'To be' }),
  input: (scene) => ({ ...input(scene), body: 'Posted' }),
});

/** The redaction of an earlier revision of a text whose edit the viewer has a draft of. */
const redacting = (mutation: string, place: Input, input: Input): PayloadCase => ({
  ...{ mutation, when: 'with a draft', by: 'mod' },
  before: (scene) => scene.do('mod', 'saveDraft', { ...place(scene), body: 'To be' }),
  input: (scene) => ({ ...input(scene), revision: 2 }),
});

/** The mutations of drafts, and those that remove them. */
export const DRAFT_CASES: readonly PayloadCase[] = [
  {
    ...{ mutation: 'saveDraft', when: 'of a new discussion', by: 'cleo', edge },
    input: ({ categoryId, productId, tag }) => ({
      ...{ categoryId, productId, title: 'To be', body: 'To be', tagSlugs: [tag.slug] },
    }),
  },
  {
    ...{ mutation: 'saveDraft', when: 'of a comment', by: 'cleo', edge },
    input: (scene) => ({ ...onDiscussion(scene), body: 'To be' }),
  },
  {
    ...{ mutation: 'saveDraft', when: 'of a reply', by: 'cleo', edge },
    input: (scene) => ({ ...onComment(scene), body: 'To be' }),
  },
  {
    ...{ mutation: 'saveDraft', when: 'of an edit of a discussion', by: 'ada', edge },
    input: (scene) => ({ ...ofDiscussion(scene), title: 'To be', body: 'To be', revision: 1 }),
  },
  {
    ...{ mutation: 'saveDraft', when: 'of an edit of a comment', by: 'ben', edge },
    input: (scene) => ({ ...ofComment(scene), body: 'To be' }),
  },
  ...[onDiscussion, onComment, ofDiscussion, ofComment].map(
    (place, n): PayloadCase => ({
      ...{ mutation: 'deleteDraft', when: `of place ${n}`, by: 'cleo' },
      input: async (scene) => {
        const draft = { ...place(scene), body: 'To be' };
        const { data } = await scene.do('cleo', 'saveDraft', draft, 'draftEdge { node { id } }');
        return { draftId: data.saveDraft.draftEdge.node.id };
      },
    }),
  ),
  posting('ben', 'addComment', onDiscussion, onDiscussion),
  posting('ada', 'addComment', onComment, onComment),
  posting('ada', 'updateDiscussion', ofDiscussion, onDiscussion),
  posting('ben', 'updateComment', ofComment, ({ comments }) => ({ commentId: comments.top })),
  redacting('redactDiscussionRevision', ofDiscussion, onDiscussion),
  redacting('redactCommentRevision', ofComment, ({ comments }) => ({ commentId: comments.top })),
];
