import type { Context } from '../../access/context.ts';
import { notFound } from '../../access/errors.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { globalId, rowIdOf } from '../../graphql/global-id.ts';
import { referenced } from '../../graphql/loader.ts';
import { answering } from '../../graphql/payload.ts';
import { loadAuthor } from './author-reads.ts';
import { maySetRole, mayUpdateAuthor } from './author-rules.ts';
import { setAuthorRole } from './set-author-role.ts';
import { updateAuthor } from './update-author.ts';

const authorPayload = async (ctx: Context, { authorId }: { readonly authorId: string }) => ({
  author: await loadAuthor(ctx, authorId),
});

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
    updateAuthor: answering(updateAuthor, authorPayload),
    setAuthorRole: answering(setAuthorRole, authorPayload),
  },
  Author: {
    id: (author) => globalId('Author', author.id),
    jobTitle: (author) => author.title,
    viewerCan: (author) => author,
  },
  AuthorPermissions: {
    update: (author, _, ctx) => mayUpdateAuthor(ctx.viewer, author),
    setRole: (_, __, ctx) => maySetRole(ctx.viewer),
  },
};
