import { loadAuthor } from '../author/index.ts';
import type { Resolvers } from '../generated/graphql.ts';
import { connectionResolvers } from '../kit/connection.ts';
import type { Context } from '../kit/context.ts';
import { globalId } from '../kit/global-id.ts';
import { payload } from '../kit/payload.ts';
import { loadAccount, loadOwnAccount } from './account-reads.ts';
import { requireOwner } from './account-rules.ts';
import { loadApiKey, pageApiKeys } from './api-key-reads.ts';
import { changePassword } from './change-password.ts';
import { confirmEmail } from './confirm-email.ts';
import { createAccount, type SignedIn } from './create-account.ts';
import { createApiKey } from './create-api-key.ts';
import { requestEmailConfirmation } from './request-email-confirmation.ts';
import { requestPasswordReset } from './request-password-reset.ts';
import { resetPassword } from './reset-password.ts';
import { revokeApiKey } from './revoke-api-key.ts';
import { revokeSession } from './revoke-session.ts';
import { splitScopes } from './scopes.ts';
import { loadBegunSession, pageSessions } from './session-reads.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';

export const accountResolvers: Resolvers = {
  Query: {
    account: (_, __, ctx) => {
      if (ctx.viewer) requireOwner(ctx);
      return loadOwnAccount(ctx);
    },
    sessions: (_, args, ctx) => pageSessions(ctx, args),
    apiKeys: (_, args, ctx) => pageApiKeys(ctx, args),
  },
  Mutation: {
    createAccount: async (_, { input }, ctx) =>
      payload(input, await shown(ctx, await createAccount(ctx, input))),
    signIn: async (_, { input }, ctx) => payload(input, await shown(ctx, await signIn(ctx, input))),
    signOut: async (_, { input }, ctx) => {
      await signOut(ctx, input);
      return payload(input, {});
    },
    revokeSession: async (_, { input }, ctx) => {
      const { sessionId } = await revokeSession(ctx, input);
      return payload(input, { sessionId: globalId('Session', sessionId) });
    },
    changePassword: async (_, { input }, ctx) => {
      const { authorId } = await changePassword(ctx, input);
      return payload(input, { account: await loadAccount(ctx, authorId) });
    },
    requestPasswordReset: async (_, { input }, ctx) => {
      await requestPasswordReset(ctx, input);
      return payload(input, {});
    },
    resetPassword: async (_, { input }, ctx) => {
      const { authorId } = await resetPassword(ctx, input);
      return payload(input, { author: await loadAuthor(ctx, authorId) });
    },
    requestEmailConfirmation: async (_, { input }, ctx) => {
      const { authorId } = await requestEmailConfirmation(ctx, input);
      return payload(input, { account: await loadAccount(ctx, authorId) });
    },
    confirmEmail: async (_, { input }, ctx) => {
      const { authorId } = await confirmEmail(ctx, input);
      return payload(input, { author: await loadAuthor(ctx, authorId) });
    },
    createApiKey: async (_, { input }, ctx) => {
      const { apiKeyId, token } = await createApiKey(ctx, input);
      return payload(input, { token, apiKey: await loadApiKey(ctx, apiKeyId) });
    },
    revokeApiKey: async (_, { input }, ctx) => {
      const { apiKeyId } = await revokeApiKey(ctx, input);
      return payload(input, { apiKey: await loadApiKey(ctx, apiKeyId) });
    },
  },
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

async function shown(ctx: Context, { authorId, sessionId, token }: SignedIn) {
  return { author: await loadAuthor(ctx, authorId), token, session: await loadBegunSession(ctx, sessionId) };
}
