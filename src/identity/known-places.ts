// The addresses and devices from which an account's owner has signed in. They have allowances of their own for wrong
// passwords, so that strangers who guess from elsewhere do not lock the owner out.
import { addressBlock } from '../access/address-block.ts';
import type { Context } from '../access/context.ts';
import { badInput } from '../access/errors.ts';
import { change, insertNew, statement, type Transaction, updateRows } from '../store/index.ts';
import { hashOf } from './token.ts';

type PlaceTable = 'sign_in_address' | 'sign_in_device';

/** More than one person signs in from. */
const PLACES_OF_ACCOUNT_MAX = 20;

/** Hashed with the author's id, so that the tables are no list of addresses or devices, nor of who shares one. */
function hashFor(authorId: string, place: string): string {
  return hashOf(`${authorId} ${place}`);
}

const known = (table: PlaceTable) =>
  statement<{ hash: string }>(`${table}.known`, `SELECT hash FROM ${table} WHERE author_id = ? AND hash = ?`);
const forgetOldest = (table: PlaceTable) =>
  change(
    `${table}.forgetOldest`,
    `DELETE FROM ${table} WHERE author_id = ? AND hash IN
      (SELECT hash FROM ${table} WHERE author_id = ? ORDER BY used_at DESC, hash LIMIT 1000 OFFSET ?)`,
    { table, sets: null, by: ['author_id', 'author_id', null] },
  );

const STATEMENTS = {
  sign_in_address: { known: known('sign_in_address'), forgetOldest: forgetOldest('sign_in_address') },
  sign_in_device: { known: known('sign_in_device'), forgetOldest: forgetOldest('sign_in_device') },
};

/** What is known of where a request comes from. `device` is the hash of its device, or null if it is not known. */
export interface KnownPlace {
  readonly isAddress: boolean;
  readonly device: string | null;
}

/**
 * Whether an account's owner has signed in from the request's address or device. Neither without an account (null), at
 * the same cost. Reads from the primary: a replica may not have them yet.
 */
export async function knownPlace(
  ctx: Context,
  authorId: string | null,
  deviceId: string | null,
): Promise<KnownPlace> {
  const id = authorId ?? '';
  const device = deviceId === null ? null : hashFor(id, deviceId);
  return ctx.db.transaction(async (tx) => {
    const isKnown = async (table: PlaceTable, hash: string) =>
      (await tx.all(STATEMENTS[table].known, [id, hash])).length > 0;
    return {
      isAddress: await isKnown('sign_in_address', hashFor(id, addressBlock(ctx.address))),
      device: device !== null && (await isKnown('sign_in_device', device)) ? device : null,
    };
  });
}

/** Records that the account's owner is at the request's address and device. The account's row is locked or new. */
export async function recordPlace(
  ctx: Context,
  tx: Transaction,
  authorId: string,
  deviceId: string | null,
): Promise<void> {
  await record(ctx, tx, 'sign_in_address', { authorId, hash: hashFor(authorId, addressBlock(ctx.address)) });
  if (deviceId !== null)
    await record(ctx, tx, 'sign_in_device', { authorId, hash: hashFor(authorId, deviceId) });
}

async function record(
  ctx: Context,
  tx: Transaction,
  table: PlaceTable,
  key: { readonly authorId: string; readonly hash: string },
): Promise<void> {
  const usedAt = ctx.now();
  if ((await updateRows(tx, table, key, { usedAt })) > 0) return;
  await insertNew(tx, table, { ...key, usedAt });
  await tx.run(STATEMENTS[table].forgetOldest, [key.authorId, key.authorId, PLACES_OF_ACCOUNT_MAX]);
}

/** Shorter ones could be guessed: a UUID has 36 characters. */
const DEVICE_ID_CHARS_MIN = 22;
const DEVICE_ID_CHARS_MAX = 128;

/** Throws BAD_USER_INPUT if the identifier of a device is too short to be a secret, or too long. */
export function checkedDeviceId(id: string | null | undefined, field: string): string | null {
  if (id === null || id === undefined) return null;
  if (id.length < DEVICE_ID_CHARS_MIN || id.length > DEVICE_ID_CHARS_MAX)
    throw badInput(
      `The identifier of a device has ${DEVICE_ID_CHARS_MIN} to ${DEVICE_ID_CHARS_MAX} characters.`,
      field,
    );
  return id;
}
