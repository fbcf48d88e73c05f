import { PASSWORD } from '../api/identity/account-rows.ts';
import type { Answer, Forum } from '../support/forum.ts';
import type { Action } from './actions.ts';
import type { Dice } from './dice.ts';

/** What a history has learnt of people who sign in. Never empty: see `beginAccounts`. */
export interface KnownAccounts {
  /** Addresses with an account. */
  readonly emails: string[];
  /** Addresses that had none at the beginning. */
  readonly free: readonly string[];
  /** Passwords that an account may have. */
  readonly passwords: readonly string[];
  readonly sessions: { readonly id: string; readonly token: string; readonly authorId: string }[];
  readonly apiKeys: { readonly id: string; readonly token: string }[];
  /** Tokens from emails. */
  readonly confirmations: string[];
  readonly resets: string[];
}

/** A mutation about accounts, as histories and repeats use it. A further one is one further line of ACCOUNT_ACTIONS. */
export interface AccountAction extends Pick<Action, 'mutation' | 'weight' | 'adds' | 'returns'> {
  /** Whose credential it needs; ANYBODY: none. */
  readonly by: 'OWNER' | 'ANYBODY';
  /** How many e-mails are sent. */
  readonly emails: number;
  /** No two of its inputs differ, so that none can be refused for being another one under the same key. */
  readonly takesNothing?: true;
  /** It ends the credential that it comes with: from then on a repeat is from somebody whom nobody knows. */
  readonly endsCredential?: true;
  /** The input, without keys. Dice that fall as 0 and as 1 give two that differ and can be done both. */
  input(of: Dice['of'], known: KnownAccounts): Record<string, unknown>;
}

/** What people set when they set a new one. */
export const NEW_PASSWORDS = ['four small elephants', 'five grey hippos'];
const NAMES = ['Una Quay', 'Una Key'];
const SIGNED_IN = 'token author { id } session { id }';

export const ACCOUNT_ACTIONS: readonly AccountAction[] = [
  {
    ...{ mutation: 'createAccount', by: 'ANYBODY', weight: 3, emails: 1, returns: SIGNED_IN },
    adds: ['account', 'author', 'session', 'mail_token', 'sign_in_address'],
    input: (of, { free, passwords }) => ({
      ...{ email: of(free), password: of(passwords), name: of(NAMES) },
    }),
  },
  {
    ...{ mutation: 'signIn', by: 'ANYBODY', weight: 10, adds: ['session'], emails: 0 },
    returns: SIGNED_IN,
    input: (of, { emails, passwords }) => ({ email: of(emails), password: of(passwords) }),
  },
  {
    ...{ mutation: 'signOut', by: 'OWNER', weight: 3, adds: [], emails: 0, returns: '__typename' },
    ...{ takesNothing: true, endsCredential: true },
    input: () => ({}),
  },
  {
    ...{ mutation: 'revokeSession', by: 'OWNER', weight: 4, adds: [], emails: 0 },
    returns: 'revokedSessionId',
    // not the one that is used: that would be signing out
    input: (of, { sessions }) => ({ sessionId: of(sessions.slice(1)).id }),
  },
  {
    ...{ mutation: 'changePassword', by: 'OWNER', weight: 6, adds: [], emails: 1 },
    returns: 'account { email author { id } }',
    input: (of, { passwords }) => ({ currentPassword: of(passwords), newPassword: of(NEW_PASSWORDS) }),
  },
  {
    ...{ mutation: 'requestPasswordReset', by: 'ANYBODY', weight: 6, adds: ['mail_token'], emails: 1 },
    returns: '__typename',
    input: (of, { emails }) => ({ email: of(emails) }),
  },
  {
    ...{ mutation: 'resetPassword', by: 'ANYBODY', weight: 6, adds: [], emails: 1 },
    returns: 'author { id }',
    input: (of, { resets }) => ({ token: of(resets), newPassword: of(NEW_PASSWORDS) }),
  },
  {
    ...{ mutation: 'requestEmailConfirmation', by: 'OWNER', weight: 3, adds: ['mail_token'], emails: 1 },
    ...{ returns: 'account { email }', takesNothing: true },
    input: () => ({}),
  },
  {
    ...{ mutation: 'confirmEmail', by: 'ANYBODY', weight: 4, adds: [], emails: 0 },
    returns: 'author { id }',
    input: (of, { confirmations }) => ({ token: of(confirmations) }),
  },
  {
    ...{ mutation: 'createApiKey', by: 'OWNER', weight: 6, adds: ['api_key'], emails: 0 },
    returns: 'token apiKey { id }',
    input: (of) => ({ name: of(['a program', 'another']), scopes: of([['READ'], ['WRITE']]) }),
  },
  {
    ...{ mutation: 'revokeApiKey', by: 'OWNER', weight: 4, adds: [], emails: 0 },
    returns: 'apiKey { id }',
    input: (of, { apiKeys }) => ({ apiKeyId: of(apiKeys).id }),
  },
];

/**
 * Two people with an account and an e-mail of each kind; the first has three sessions and two API keys. Everybody has
 * the first of the passwords. `scene`: another one each time in one forum.
 */
export async function beginAccounts(forum: Forum, scene = 1): Promise<KnownAccounts> {
  const email = (name: string) => `${name}-${scene}@example.com`;
  const known: KnownAccounts = {
    ...{ emails: [], free: [email('una'), email('uma')], passwords: [PASSWORD] },
    ...{ sessions: [], apiKeys: [], confirmations: [], resets: [] },
  };
  const send = async (mutation: string, input: object, returns: string, token?: string) =>
    learnAccounts(known, input, await forum.do(mutation, { ...input }, returns, token));
  const people = [email('ada'), email('ben')];
  for (const [n, owner] of people.entries()) {
    await send('createAccount', { email: owner, password: PASSWORD, name: `Owner ${n}` }, SIGNED_IN);
    if (n > 0) continue;
    for (let more = 0; more < 2; more++)
      await send('signIn', { email: owner, password: PASSWORD }, SIGNED_IN);
    const input = { name: 'a program', scopes: ['WRITE'] };
    for (let more = 0; more < 2; more++)
      await send('createApiKey', input, 'token apiKey { id }', known.sessions[0]?.token);
  }
  for (const owner of people) {
    await send('requestPasswordReset', { email: owner }, '__typename');
    await forum.emails(); // one after the other: which is first in the folder is chance otherwise
  }
  await learnEmailTokens(known, forum);
  return known;
}

/** Takes up what an answer says is there. */
export function learnAccounts(
  known: KnownAccounts,
  input: { readonly email?: string },
  { data }: Answer,
): void {
  for (const payload of Object.values(data ?? {})) {
    const { token, author, session, apiKey } = (payload ?? {}) as {
      readonly [name in 'author' | 'session' | 'apiKey']?: { readonly id: string } | null;
    } & { readonly token?: string };
    if (token === undefined) continue;
    if (apiKey && !known.apiKeys.some(({ id }) => id === apiKey.id))
      known.apiKeys.push({ id: apiKey.id, token });
    if (!author) continue;
    if (input.email !== undefined && !known.emails.includes(input.email)) known.emails.push(input.email);
    if (session && !known.sessions.some(({ id }) => id === session.id))
      known.sessions.push({ id: session.id, token, authorId: author.id });
  }
}

/** Collects the tokens in the e-mails to the known accounts, the oldest first. */
export async function learnEmailTokens(known: KnownAccounts, forum: Forum): Promise<void> {
  // two are sent at once: which of them is the first to arrive is chance
  const emails = (await forum.emails()).toSorted((a, b) => Number(a.to > b.to) - Number(a.to < b.to));
  for (const { to, token, text } of emails) {
    if (token === null || !known.emails.includes(to)) continue;
    const tokens = text.includes('/reset-password') ? known.resets : known.confirmations;
    if (!tokens.includes(token)) tokens.push(token);
  }
}
