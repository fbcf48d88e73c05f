import { loadAuthor } from '../forum/author/index.ts';
import type { Resolvers } from '../generated/graphql.ts';
import { connectionResolvers } from '../graphql/connections/connection.ts';
import { globalId } from '../graphql/global-id.ts';
import { accountMutations } from './account-mutations.ts';
import { loadOwnAccount } from './account-reads.ts';
import { requireOwner } from './account-rules.ts';
import { pageApiKeys } from './api-key-reads.ts';
import { splitScopes } from './scopes.ts';
import { pageSessions } from './session-reads.ts';

export const accountResolvers: Resolvers = {
  Query: {
    account: (_, __, ctx) => {
      if (ctx.viewer) requireOwner(ctx);
      return loadOwnAccount(ctx);
    },
    sessions: (_, args, ctx) => pageSessions(ctx, args),
    apiKeys: (_, args, ctx) => pageApiKeys(ctx, args),
  },
  Mutation: accountMutations,
  Account: {
    author: async (account, _, ctx) => {
      const author = await loadAuthor(ctx, account.authorId);
      if (!author) throw new Error('An account refers to no author.');
      return author;
    },
  },
  Session: {
    id: (session) => globalId('Session', session.id),
    isCurrent: (session, _, ctx) => {
      const credential = ctx.viewer?.credential;
      return credential?.kind === 'SESSION' && credential.id === session.id;
    },
  },
  SessionConnection: connectionResolvers,
  ApiKey: {
    id: (key) => globalId('ApiKey', key.id),
    scopes: (key) => splitScopes(key.scopes),
  },
  ApiKeyConnection: connectionResolvers,
};
