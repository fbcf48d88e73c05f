// The addresses from which an account's owner has signed in. They keep an allowance of their own for wrong passwords, so that
// strangers who guess from elsewhere do not lock the owner out.
import { addressBlock } from '../access/address-block.ts';
import type { Context } from '../access/context.ts';
import { change, insertNew, statement, type Transaction, updateRows } from '../store/index.ts';
import { hashOf } from './token.ts';

/** More than the places from which one person signs in. */
const ADDRESSES_OF_ACCOUNT_MAX = 20;

/** Hashed with the author's id, so that the table is no list of addresses, nor of who shares one. */
function hashFor(ctx: Context, authorId: string): string {
  return hashOf(`${authorId} ${addressBlock(ctx.address)}`);
}

const known = statement<{ hash: string }>(
  'sign_in_address.known',
  'SELECT hash FROM sign_in_address WHERE author_id = ? AND hash = ?',
);

/**
 * Whether an account's owner has signed in from the request's address. False without an account (null), at the same
 * cost. Reads from the primary: a replica may not have the address yet.
 */
export async function isSignInAddress(ctx: Context, authorId: string | null): Promise<boolean> {
  const key = [authorId ?? '', hashFor(ctx, authorId ?? '')];
  return (await ctx.db.transaction(async (tx) => tx.all(known, key))).length > 0;
}

const forgetOldest = change(
  'sign_in_address.forgetOldest',
  `DELETE FROM sign_in_address WHERE author_id = ? AND hash IN
    (SELECT hash FROM sign_in_address WHERE author_id = ? ORDER BY used_at DESC, hash LIMIT 1000 OFFSET ?)`,
  { table: 'sign_in_address', sets: null, by: ['author_id', 'author_id', null] },
);

/** Records that the account's owner is at the request's address. The account's row is locked or new. */
export async function recordSignInAddress(ctx: Context, tx: Transaction, authorId: string): Promise<void> {
  const key = { authorId, hash: hashFor(ctx, authorId) };
  const usedAt = ctx.now();
  if ((await updateRows(tx, 'sign_in_address', key, { usedAt })) > 0) return;
  await insertNew(tx, 'sign_in_address', { ...key, usedAt });
  await tx.run(forgetOldest, [authorId, authorId, ADDRESSES_OF_ACCOUNT_MAX]);
}
