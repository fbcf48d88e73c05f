import type { Context } from '../access/context.ts';
import { inOrderOf, loader } from '../graphql/loader.ts';
import { statement, type Transaction } from '../store/index.ts';

/** The columns of an account that its owner sees. */
export interface AccountRow {
  readonly authorId: string;
  readonly email: string;
  readonly emailConfirmedAt: number | null;
  readonly passwordChangedAt: number;
  readonly createdAt: number;
}

const COLUMNS = `author_id AS "authorId", email, email_confirmed_at AS "emailConfirmedAt",
  password_changed_at AS "passwordChangedAt", created_at AS "createdAt"`;

const byAuthors = statement<AccountRow>(
  'account.byAuthors',
  (d) => `SELECT ${COLUMNS} FROM account WHERE ${d.inList('author_id')}`,
  { table: 'account', by: ['author_id'] },
);

/** An author's account. Null if they have none here. The caller makes sure that the viewer is this author. */
export function loadAccount(ctx: Context, authorId: string): Promise<AccountRow | null> {
  return loader<AccountRow | null>(ctx, 'account', async ({ db }, ids) =>
    inOrderOf(ids, await db.read.all(byAuthors, [ids]), (row) => row.authorId),
  ).load(authorId);
}

/** The columns of an account that signing in and changing a password need. */
export interface AccountCredentials {
  readonly authorId: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly emailConfirmedAt: number | null;
  readonly passwordChangedAt: number;
}

const CREDENTIALS = `SELECT author_id AS "authorId", email, password_hash AS "passwordHash",
  email_confirmed_at AS "emailConfirmedAt", password_changed_at AS "passwordChangedAt" FROM account`;
const byEmailForUpdate = statement<AccountCredentials>(
  'account.credentialsByEmailForUpdate',
  (d) => `${CREDENTIALS} WHERE email = ? ${d.forUpdate}`,
);
const byEmail = statement<AccountCredentials>('account.credentialsByEmail', `${CREDENTIALS} WHERE email = ?`);
const byAuthor = statement<AccountCredentials>(
  'account.credentialsByAuthor',
  `${CREDENTIALS} WHERE author_id = ?`,
  { table: 'account', by: ['author_id'] },
);
const byAuthorForUpdate = statement<AccountCredentials>(
  'account.credentialsForUpdate',
  (d) => `${CREDENTIALS} WHERE author_id = ? ${d.forUpdate}`,
);

/** The account with this address, or null. Reads from the primary: a replica may not have a new account yet. */
export async function findCredentialsByEmail(
  ctx: Context,
  email: string,
): Promise<AccountCredentials | null> {
  const [account] = await ctx.db.transaction(async (tx) => tx.all(byEmail, [email]));
  return account ?? null;
}

/** The account with this address, locked as by `lockAccountForUpdate`, or null. */
export async function lockAccountByEmail(tx: Transaction, email: string): Promise<AccountCredentials | null> {
  const [account] = await tx.all(byEmailForUpdate, [email]);
  return account ?? null;
}

/** An author's account. Null if they have none here. */
export async function findCredentialsByAuthor(
  ctx: Context,
  authorId: string,
): Promise<AccountCredentials | null> {
  const [account] = await ctx.db.read.all(byAuthor, [authorId]);
  return account ?? null;
}

/**
 * An author's account, locked until the transaction ends. Every write that changes an account's password, sessions or
 * mail tokens locks this row first.
 */
export async function lockAccountForUpdate(
  tx: Transaction,
  authorId: string,
): Promise<AccountCredentials | null> {
  const [account] = await tx.all(byAuthorForUpdate, [authorId]);
  return account ?? null;
}
