import type { Resolvers } from '../../generated/graphql.ts';
import { connectionResolvers, edgeOf } from '../../graphql/connections/connection.ts';
import { globalId } from '../../graphql/global-id.ts';
import { referenced } from '../../graphql/loader.ts';
import { answering } from '../../graphql/payload.ts';
import { categories, loadById, products } from '../catalog/index.ts';
import { deleteDraft } from './delete-draft.ts';
import { loadCommentOf, loadDiscussionOf } from './draft-place.ts';
import { loadDraft, loadDraftOn, loadTagsOf, NEWEST_DRAFT_FIRST, pageDrafts } from './draft-reads.ts';
import { DRAFTS_MAX, saveDraft } from './save-draft.ts';

export const draftResolvers: Resolvers = {
  Viewer: { drafts: (viewer, args, ctx) => pageDrafts(ctx, viewer, args) },
  Mutation: {
    saveDraft: answering(saveDraft, (_, saved) => saved),
    deleteDraft: answering(deleteDraft, (_, deleted) => deleted),
  },
  ServerInfo: { maxDrafts: () => DRAFTS_MAX },
  Discussion: {
    viewerDraft: ({ id }, _, ctx) => loadDraftOn(ctx, 'COMMENT', id),
    viewerEditDraft: ({ id }, _, ctx) => loadDraftOn(ctx, 'DISCUSSION_EDIT', id),
  },
  Comment: {
    viewerDraft: ({ id }, _, ctx) => loadDraftOn(ctx, 'REPLY', id),
    viewerEditDraft: ({ id }, _, ctx) => loadDraftOn(ctx, 'COMMENT_EDIT', id),
  },
  Draft: {
    id: (draft) => globalId('Draft', draft.id),
    category: ({ categoryId }, _, ctx) => referenced(categoryId, (id) => loadById(ctx, categories, id)),
    product: ({ productId }, _, ctx) => referenced(productId, (id) => loadById(ctx, products, id)),
    tags: (draft, _, ctx) => loadTagsOf(ctx, draft),
    discussion: (draft, _, ctx) => loadDiscussionOf(ctx, draft),
    comment: (draft, _, ctx) => loadCommentOf(ctx, draft),
  },
  DraftConnection: connectionResolvers,
  // nothing is read for members that a client doesn't select: drafts are saved every few seconds
  SaveDraftPayload: {
    draftEdge: async ({ draftId }, _, ctx) => {
      const draft = await loadDraft(ctx, draftId);
      return draft && edgeOf(NEWEST_DRAFT_FIRST, draft);
    },
    discussion: (saved, _, ctx) => loadDiscussionOf(ctx, saved),
    comment: (saved, _, ctx) => loadCommentOf(ctx, saved),
  },
  DeleteDraftPayload: {
    deletedDraftId: ({ draftId }) => globalId('Draft', draftId),
    discussion: (deleted, _, ctx) => loadDiscussionOf(ctx, deleted),
    comment: (deleted, _, ctx) => loadCommentOf(ctx, deleted),
  },
};
