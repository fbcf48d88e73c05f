import type { Resolvers } from '../generated/graphql.ts';
import { notFound } from '../kit/errors.ts';
import { globalId, rowIdOf } from '../kit/global-id.ts';
import { referenced } from '../kit/loader.ts';
import { loadAuthor } from './author-reads.ts';

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
  Author: { id: (author) => globalId('Author', author.id) },
};
