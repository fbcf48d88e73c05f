import { PASSWORD } from '../identity/account-rows.ts';
import { allOfViewer, type PayloadCase } from './payload-case.ts';

const PASSWORDS = { currentPassword: PASSWORD, newPassword: 'eleven orange walruses' };

/** The mutations about authors and their accounts. */
export const ACCOUNT_CASES: readonly PayloadCase[] = [
  { mutation: 'updateAuthor', by: 'owner', input: () => ({ name: 'Renamed', jobTitle: 'Lead' }) },
  {
    ...{ mutation: 'setAuthorRole', by: 'root' },
    input: ({ account, categoryId }) => ({
      authorId: account.authorId,
      role: 'MODERATOR',
      categoryIds: [categoryId],
    }),
  },
  {
    ...{ mutation: 'setAuthorRole', when: 'of a vendor', by: 'root' },
    before: async ({ account, comments, productId, ids, do: act }) => {
      await act('root', 'setAuthorRole', {
        authorId: account.authorId,
        role: 'VENDOR',
        productIds: [productId],
      });
      ids.push(await account.say('As the vendor', comments.top));
    },
    input: ({ account }) => ({ authorId: account.authorId, role: 'MEMBER' }),
    refetched: ['Comment.isOfficial'],
  },
  {
    mutation: 'createAccount',
    by: 'guest',
    changesViewer: true,
    input: ({ tag }) => ({ email: `${tag.slug}@new.example`, password: PASSWORDS.newPassword, name: 'New' }),
  },
  {
    mutation: 'signIn',
    by: 'guest',
    changesViewer: true,
    input: ({ account }) => ({ email: account.email, password: PASSWORDS.currentPassword }),
  },
  { mutation: 'signOut', by: 'owner', changesViewer: true, input: () => ({}) },
  { mutation: 'revokeSession', by: 'owner', input: ({ account }) => ({ sessionId: account.sessionIds[1] }) },
  { mutation: 'changePassword', by: 'owner', input: () => PASSWORDS },
  { mutation: 'requestPasswordReset', by: 'owner', input: ({ account }) => ({ email: account.email }) },
  {
    ...{ mutation: 'resetPassword', by: 'owner', changesViewer: true },
    input: async ({ account, tokenFrom }) => ({
      token: await tokenFrom('requestPasswordReset', { email: account.email }),
      newPassword: PASSWORDS.newPassword,
    }),
  },
  {
    ...{ mutation: 'confirmEmail', by: 'owner' },
    input: async ({ tokenFrom }) => ({ token: await tokenFrom('requestEmailConfirmation', {}) }),
  },
  { mutation: 'requestEmailConfirmation', by: 'owner', input: () => ({}) },
  {
    ...{ mutation: 'createApiKey', by: 'owner', edge: ['apiKeyEdge', ...allOfViewer('apiKeys')] },
    input: () => ({ name: 'Another', scopes: ['WRITE'] }),
  },
  { mutation: 'revokeApiKey', by: 'owner', input: ({ account }) => ({ apiKeyId: account.apiKeyId }) },
];
