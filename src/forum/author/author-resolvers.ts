import type { Context } from '../../access/context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { connectionResolvers } from '../../graphql/connections/connection.ts';
import { globalId } from '../../graphql/global-id.ts';
import { answering } from '../../graphql/payload.ts';
import { loadAuthor } from './author-reads.ts';
import {
  AUTHOR_COMPANY,
  AUTHOR_COMPANY_SEGMENT,
  AUTHOR_INDUSTRY,
  AUTHOR_NAME,
  AUTHOR_TITLE,
  HANDLE_CHARS_MAX,
  maySetRole,
  mayUpdateAuthor,
} from './author-rules.ts';
import { pageAuthors } from './author-search.ts';
import { findAuthor } from './find-author.ts';
import { MENTIONS_MAX } from './mentions.ts';
import { setAuthorRole } from './set-author-role.ts';
import { updateAuthor } from './update-author.ts';

const authorPayload = async (ctx: Context, { authorId }: { readonly authorId: string }) => ({
  author: await loadAuthor(ctx, authorId),
});

export const authorResolvers: Resolvers = {
  Query: {
    author: (_, by, ctx) => findAuthor(ctx, by),
    authors: (_, { query, ...page }, ctx) => pageAuthors(ctx, query, page),
    viewer: (_, __, ctx) => ctx.viewer,
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
  Viewer: {
    id: (viewer) => globalId('Viewer', viewer.id),
    author: async (viewer, _, ctx) => {
      const author = await loadAuthor(ctx, viewer.id);
      if (!author) throw new Error('A credential refers to a missing author.');
      return author;
    },
  },
  ServerInfo: {
    authorLimits: () => ({
      name: AUTHOR_NAME.charsMax,
      handle: HANDLE_CHARS_MAX,
      jobTitle: AUTHOR_TITLE.charsMax,
      company: AUTHOR_COMPANY.charsMax,
      companySegment: AUTHOR_COMPANY_SEGMENT.charsMax,
      industry: AUTHOR_INDUSTRY.charsMax,
    }),
    maxMentions: () => MENTIONS_MAX,
  },
  AuthorConnection: {
    ...connectionResolvers,
    isTotalCountLowerBound: (page) => page.isTotalCountLowerBound(),
  },
  AuthorPermissions: {
    update: (author, _, ctx) => mayUpdateAuthor(ctx.viewer, author),
    setRole: (_, __, ctx) => maySetRole(ctx.viewer),
  },
};
