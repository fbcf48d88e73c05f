import type { Context } from '../access/context.ts';
import { inOrderOf, loader } from '../graphql/loader.ts';
import { statement, type Transaction } from '../store/index.ts';

/** What an account's owner sees of it. */
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
);

/** An author's account; null where they have none here. Whoever asks must be that author. */
export function loadAccount(ctx: Context, authorId: string): Promise<AccountRow | null> {
  return loader<AccountRow | null>(ctx, 'account', async ({ db }, ids) =>
    inOrderOf(ids, await db.read.all(byAuthors, [ids]), (row) => row.authorId),
  ).load(authorId);
}

/** The viewer's account; null for guests, and for whoever has none here. */
export async function loadOwnAccount(ctx: Context): Promise<AccountRow | null> {
  return ctx.viewer && loadAccount(ctx, ctx.viewer.id);
}

/** What signing in needs to know of an account. */
export interface Lock {
  readonly authorId: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly emailConfirmedAt: number | null;
}

const LOCK = `SELECT author_id AS "authorId", email, password_hash AS "passwordHash",
  email_confirmed_at AS "emailConfirmedAt" FROM account`;
const lockByEmail = statement<Lock>('account.lockByEmail', `${LOCK} WHERE email = ?`);
const lockByAuthor = statement<Lock>('account.lockByAuthor', `${LOCK} WHERE author_id = ?`);
const taken = statement<Lock>('account.taken', (d) => `${LOCK} WHERE author_id = ? ${d.forUpdate}`);

/** The account with this address; null where there is none. Asked of the writer: a replica may not know a new one yet. */
export async function findLock(ctx: Context, email: string): Promise<Lock | null> {
  const [lock] = await ctx.db.transaction(async (tx) => tx.all(lockByEmail, [email]));
  return lock ?? null;
}

/** An author's account; null where they have none here. */
export async function findLockOf(ctx: Context, authorId: string): Promise<Lock | null> {
  const [lock] = await ctx.db.read.all(lockByAuthor, [authorId]);
  return lock ?? null;
}

/**
 * The same for a write, which nobody else changes meanwhile: the first row that is taken by whatever changes an
 * account's password, sessions or letters.
 */
export async function lockAccountForUpdate(tx: Transaction, authorId: string): Promise<Lock | null> {
  const [lock] = await tx.all(taken, [authorId]);
  return lock ?? null;
}
