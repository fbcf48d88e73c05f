import type { Resolvers } from '../generated/graphql.ts';
import { notFound } from '../kit/errors.ts';
import { globalId, rowIdOf } from '../kit/global-id.ts';
import { referenced } from '../kit/loader.ts';
import { payload } from '../kit/payload.ts';
import { loadAuthor } from './author-reads.ts';
import { maySetRole, mayUpdateAuthor } from './author-rules.ts';
import { setAuthorRole } from './set-author-role.ts';
import { updateAuthor } from './update-author.ts';

export const authorResolvers: Resolvers = {
  Query: {
    author: async (_, { id }, ctx) => {
      const rowId = rowIdOf('Author', id);
      const author = rowId && (await loadAuthor(ctx, rowId));
      if (!author) throw notFound(`No author has the id "${id}".`, 'id');
      return author;
    },
    viewer: (_, __, ctx) => referenced(ctx.viewer?.id ?? null, (id) => loadAuthor(ctx, id)),
  },
  Mutation: {
    updateAuthor: async (_, { input }, ctx) => {
      const { authorId } = await updateAuthor(ctx, input);
      return payload(input, { author: await loadAuthor(ctx, authorId) });
    },
    setAuthorRole: async (_, { input }, ctx) => {
      const { authorId } = await setAuthorRole(ctx, input);
      return payload(input, { author: await loadAuthor(ctx, authorId) });
    },
  },
  Author: {
    id: (author) => globalId('Author', author.id),
    viewerCan: (author) => author,
  },
  AuthorPermissions: {
    update: (author, _, ctx) => mayUpdateAuthor(ctx.viewer, author),
    setRole: (_, __, ctx) => maySetRole(ctx.viewer),
  },
};
