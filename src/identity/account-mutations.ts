import type { Context } from '../access/context.ts';
import { loadAuthor } from '../forum/author/index.ts';
import type { MutationResolvers } from '../generated/graphql.ts';
import { globalId } from '../graphql/global-id.ts';
import { answering } from '../graphql/payload.ts';
import { loadAccount } from './account-reads.ts';
import { loadApiKey } from './api-key-reads.ts';
import { changePassword } from './change-password.ts';
import { confirmEmail } from './confirm-email.ts';
import { createAccount, type SignedIn } from './create-account.ts';
import { createApiKey } from './create-api-key.ts';
import { requestEmailConfirmation } from './request-email-confirmation.ts';
import { requestPasswordReset } from './request-password-reset.ts';
import { resetPassword } from './reset-password.ts';
import { revokeApiKey } from './revoke-api-key.ts';
import { revokeSession } from './revoke-session.ts';
import { loadBegunSession } from './session-reads.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';

const nothing = () => ({});
const author = async (ctx: Context, { authorId }: { readonly authorId: string }) => ({
  author: await loadAuthor(ctx, authorId),
});
const account = async (ctx: Context, { authorId }: { readonly authorId: string }) => ({
  account: await loadAccount(ctx, authorId),
});
const signedIn = async (ctx: Context, { authorId, sessionId, token }: SignedIn) => ({
  author: await loadAuthor(ctx, authorId),
  token,
  session: await loadBegunSession(ctx, sessionId),
});

/** The mutations of this room: each is a file of its own, and here is what it answers. */
export const accountMutations: MutationResolvers = {
  createAccount: answering(createAccount, signedIn),
  signIn: answering(signIn, signedIn),
  signOut: answering(signOut, nothing),
  revokeSession: answering(revokeSession, (_, { sessionId }) => ({
    revokedSessionId: globalId('Session', sessionId),
  })),
  changePassword: answering(changePassword, account),
  requestPasswordReset: answering(requestPasswordReset, nothing),
  resetPassword: answering(resetPassword, author),
  requestEmailConfirmation: answering(requestEmailConfirmation, account),
  confirmEmail: answering(confirmEmail, author),
  createApiKey: answering(createApiKey, async (ctx, { apiKeyId, token }) => ({
    token,
    apiKey: await loadApiKey(ctx, apiKeyId),
  })),
  revokeApiKey: answering(revokeApiKey, async (ctx, { apiKeyId }) => ({
    apiKey: await loadApiKey(ctx, apiKeyId),
  })),
};
