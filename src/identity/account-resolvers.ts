import type { Context } from '../access/context.ts';
import { loadAuthor } from '../forum/author/index.ts';
import type { MutationResolvers, Resolvers } from '../generated/graphql.ts';
import { connectionResolvers, edgeOf } from '../graphql/connections/connection.ts';
import { globalId } from '../graphql/global-id.ts';
import { answering } from '../graphql/payload.ts';
import { loadAccount } from './account-reads.ts';
import { mayCreateAccount, mayManageAccount, requireOwner } from './account-rules.ts';
import { lastSeenAt, loadAccountStatus } from './account-status.ts';
import { loadApiKey, NEWEST_KEY_FIRST, pageApiKeys } from './api-keys.ts';
import { changePassword } from './change-password.ts';
import { confirmEmail, requestEmailConfirmation } from './confirm-email.ts';
import { createAccount } from './create-account.ts';
import { createApiKey, revokeApiKey } from './create-api-key.ts';
import { PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN } from './credential-rules.ts';
import { requestPasswordReset, resetPassword } from './reset-password.ts';
import { splitScopes } from './scopes.ts';
import {
  loadNewSession,
  NEWEST_SESSION_FIRST,
  pageSessions,
  revokeSession,
  type SignedIn,
} from './sessions.ts';
import { signIn, signOut } from './sign-in.ts';

const nothing = () => ({});
const author = async (ctx: Context, { authorId }: { readonly authorId: string }) => ({
  author: await loadAuthor(ctx, authorId),
});
const account = async (ctx: Context, { authorId }: { readonly authorId: string }) => ({
  account: await loadAccount(ctx, authorId),
});
const signedIn = async (ctx: Context, { authorId, sessionId, token }: SignedIn) => {
  const session = await loadNewSession(ctx, sessionId);
  const sessionEdge = session && edgeOf(NEWEST_SESSION_FIRST, session);
  return { author: await loadAuthor(ctx, authorId), token, session, sessionEdge };
};

/** Each mutation with its payload. */
const mutations: MutationResolvers = {
  createAccount: answering(createAccount, signedIn),
  signIn: answering(signIn, signedIn),
  signOut: answering(signOut, nothing),
  revokeSession: answering(revokeSession, (_, { sessionId }) => ({
    revokedSessionId: globalId('Session', sessionId),
  })),
  changePassword: answering(changePassword, async (ctx, { authorId, endedIds }) => ({
    ...(await account(ctx, { authorId })),
    revokedSessionIds: endedIds === '' ? [] : endedIds.split(' ').map((id) => globalId('Session', id)),
  })),
  requestPasswordReset: answering(requestPasswordReset, nothing),
  resetPassword: answering(resetPassword, author),
  requestEmailConfirmation: answering(requestEmailConfirmation, account),
  confirmEmail: answering(confirmEmail, async (ctx, { authorId }) => ({
    ...(await author(ctx, { authorId })),
    // the token alone shows nobody the address
    account:
      ctx.viewer?.id === authorId && mayManageAccount(ctx.viewer).isAllowed
        ? await loadAccount(ctx, authorId)
        : null,
  })),
  createApiKey: answering(createApiKey, async (ctx, { apiKeyId, token }) => {
    const apiKey = await loadApiKey(ctx, apiKeyId);
    return { token, apiKey, apiKeyEdge: apiKey && edgeOf(NEWEST_KEY_FIRST, apiKey) };
  }),
  revokeApiKey: answering(revokeApiKey, async (ctx, { apiKeyId }) => ({
    apiKey: await loadApiKey(ctx, apiKeyId),
  })),
};

export const accountResolvers: Resolvers = {
  Viewer: {
    account: (_, __, ctx) => loadAccount(ctx, requireOwner(ctx).id),
    sessions: (_, args, ctx) => pageSessions(ctx, args),
    apiKeys: (viewer, args, ctx) => pageApiKeys(ctx, viewer, args),
  },
  ServerInfo: {
    isSignUpOpen: (_, __, { policy }) => mayCreateAccount(policy).isAllowed,
    minPasswordLength: () => PASSWORD_CHARS_MIN,
    maxPasswordLength: () => PASSWORD_CHARS_MAX,
    sessionSeconds: (_, __, { policy }) => policy.sessionMs / 1000,
    externalIssuer: (_, __, { policy }) => policy.externalIssuer,
  },
  Mutation: mutations,
  Author: { accountStatus: (author, _, ctx) => loadAccountStatus(ctx, author.id) },
  AccountStatus: {
    isEmailConfirmed: ({ emailConfirmedAt }) => emailConfirmedAt !== null,
    lastSeenAt,
  },
  Account: {
    author: async ({ authorId }, _, ctx) => {
      const found = await loadAuthor(ctx, authorId);
      if (!found) throw new Error('An account refers to a missing author.');
      return found;
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
