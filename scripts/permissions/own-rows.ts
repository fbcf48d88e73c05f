import { DEFAULT_POLICY } from '../../src/access/policy.ts';
import { ALLOWED, firstRefused, refused, type Verdict } from '../../src/access/verdict.ts';
import { mayWrite, type Viewer } from '../../src/access/viewer.ts';
import {
  mayChangePassword,
  mayConfirmAddress,
  mayCreateAccount,
  mayGiveScopes,
  mayManageAccount,
  mayRevokeApiKey,
  maySignOut,
} from '../../src/identity/account-rules.ts';

/** The credentials with which a viewer requests their own data; a column of the table. */
export interface OwnColumn {
  readonly title: string;
  /** A sentence for the legend. */
  readonly who: string;
  /** Null: a guest. */
  readonly credential: Viewer['credential']['kind'] | null;
  readonly canWrite: boolean;
  /** Whether they sign in here. */
  readonly hasAccount: boolean;
}

export const OWN_COLUMNS: readonly OwnColumn[] = [
  {
    ...{ title: 'guest', who: 'not signed in' },
    ...{ credential: null, canWrite: false, hasAccount: false },
  },
  {
    ...{ title: 'session', who: 'signed in with an account of this forum' },
    ...{ credential: 'SESSION', canWrite: true, hasAccount: true },
  },
  {
    ...{
      title: 'external identity',
      who: 'an external identity, without an account of this forum',
    },
    ...{ credential: 'EXTERNAL_TOKEN', canWrite: true, hasAccount: false },
  },
  {
    ...{ title: 'API key', who: 'an API key of an author with an account of this forum' },
    ...{ credential: 'API_KEY', canWrite: true, hasAccount: true },
  },
  {
    ...{ title: 'read-only key', who: 'the same with only the scope `READ`' },
    ...{ credential: 'API_KEY', canWrite: false, hasAccount: true },
  },
];

/** What the mutations are tried on: global ids, and tokens of e-mails to another author, which anyone can use. */
export interface OwnThings {
  /** An address with an account, and one without. */
  readonly email: string;
  readonly freeEmail: string;
  readonly password: string;
  readonly confirmation: string;
  readonly reset: string;
  /** Another session and another key of the viewer; somebody else's if the viewer has none. */
  readonly sessionId: string;
  readonly apiKeyId: string;
  readonly sessionIdOfOther: string;
  readonly apiKeyIdOfOther: string;
  /** A draft of the viewer, and one of somebody else. Both are somebody else's for a guest. */
  readonly draftId: string;
  readonly draftIdOfOther: string;
}

/** Something that is tried; a row of the table. */
export interface OwnRow {
  readonly mutation: string;
  readonly what: string;
  rule(viewer: Viewer | null, column: OwnColumn): Verdict;
  input(things: OwnThings): Record<string, unknown>;
}

const anybody = () => ALLOWED;
/** Another viewer's data is answered like data that does not exist. */
const nothing = () => refused('NOT_FOUND', 'No object has this id.');
/** A key's id that is not the one in use. */
const ANOTHER = 'another';

export const OWN_ROWS: readonly OwnRow[] = [
  {
    ...{ mutation: 'createAccount', what: '', rule: () => mayCreateAccount(DEFAULT_POLICY) },
    input: ({ freeEmail, password }) => ({ email: freeEmail, password, name: 'Una' }),
  },
  {
    ...{ mutation: 'signIn', what: 'with the password', rule: anybody },
    input: ({ email, password }) => ({ email, password }),
  },
  { mutation: 'requestPasswordReset', what: '', rule: anybody, input: ({ email }) => ({ email }) },
  {
    ...{ mutation: 'resetPassword', what: 'with the token from the e-mail', rule: anybody },
    input: ({ reset }) => ({ token: reset, newPassword: 'four small elephants' }),
  },
  {
    ...{ mutation: 'confirmEmail', what: 'with the token from the e-mail', rule: anybody },
    input: ({ confirmation }) => ({ token: confirmation }),
  },
  { mutation: 'signOut', what: '', rule: maySignOut, input: () => ({}) },
  {
    ...{ mutation: 'revokeSession', what: 'one’s own' },
    rule: (viewer, { hasAccount }) =>
      firstRefused(() => mayManageAccount(viewer), hasAccount ? anybody : nothing),
    input: ({ sessionId }) => ({ sessionId }),
  },
  {
    ...{ mutation: 'revokeSession', what: 'of another author' },
    rule: (viewer) => firstRefused(() => mayManageAccount(viewer), nothing),
    input: ({ sessionIdOfOther }) => ({ sessionId: sessionIdOfOther }),
  },
  {
    ...{ mutation: 'changePassword', what: 'with the present one' },
    rule: (viewer, { hasAccount }) => mayChangePassword(viewer, hasAccount),
    input: ({ password }) => ({ currentPassword: password, newPassword: 'four small elephants' }),
  },
  {
    ...{ mutation: 'requestEmailConfirmation', what: '', input: () => ({}) },
    rule: (viewer, { hasAccount }) => mayConfirmAddress(viewer, hasAccount),
  },
  {
    ...{ mutation: 'createApiKey', what: 'that reads' },
    rule: (viewer) =>
      firstRefused(
        () => mayManageAccount(viewer),
        () => (viewer ? mayGiveScopes(viewer, ['READ']) : ALLOWED),
      ),
    input: () => ({ name: 'a program', scopes: ['READ'] }),
  },
  {
    ...{ mutation: 'revokeApiKey', what: 'another one of one’s own' },
    rule: (viewer) =>
      firstRefused(
        () => mayWrite(viewer),
        () => (viewer ? mayRevokeApiKey(viewer, ANOTHER) : ALLOWED),
      ),
    input: ({ apiKeyId }) => ({ apiKeyId }),
  },
  {
    ...{ mutation: 'revokeApiKey', what: 'of another author' },
    rule: (viewer) => firstRefused(() => mayWrite(viewer), nothing),
    input: ({ apiKeyIdOfOther }) => ({ apiKeyId: apiKeyIdOfOther }),
  },
  {
    ...{ mutation: 'deleteDraft', what: 'of one’s own', rule: mayWrite },
    input: ({ draftId }) => ({ draftId }),
  },
  {
    ...{ mutation: 'deleteDraft', what: 'of another author' },
    rule: (viewer) => firstRefused(() => mayWrite(viewer), nothing),
    input: ({ draftIdOfOther }) => ({ draftId: draftIdOfOther }),
  },
];

/** What a row's rule says to a column. */
export function ownVerdictOf(row: OwnRow, column: OwnColumn): Verdict {
  const { credential, canWrite } = column;
  const scope = { role: 'MEMBER', moderates: new Set<string>(), speaksFor: new Set<string>() } as const;
  const viewer = credential && {
    ...{ id: 'somebody', canWrite, ...scope },
    credential: { kind: credential, id: credential === 'EXTERNAL_TOKEN' ? null : 'the one that is used' },
  };
  return row.rule(viewer, column);
}
