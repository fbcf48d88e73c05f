import type { Context } from '../access/context.ts';
import { badInput, type Refusal } from '../access/errors.ts';
import { change, deleteRows, insertRow, statement, type Transaction } from '../store/index.ts';
import { CONFIRMATION_TOKEN_MS, RESET_TOKEN_MS } from './account-limits.ts';
import { hashOf, kindOfToken, makeToken } from './token.ts';

export type Purpose = 'CONFIRM_EMAIL' | 'RESET_PASSWORD';

const LASTS_MS: Readonly<Record<Purpose, number>> = {
  CONFIRM_EMAIL: CONFIRMATION_TOKEN_MS,
  RESET_PASSWORD: RESET_TOKEN_MS,
};
/** Expired tokens that a new one clears away; more than it adds, so that they never pile up. */
const CLEARED_MAX = 3;

const clearExpired = change(
  'mail_token.clearExpired',
  `DELETE FROM mail_token WHERE hash IN
    (SELECT hash FROM mail_token WHERE expires_at <= ? ORDER BY expires_at LIMIT ${CLEARED_MAX})`,
);

/** Makes the one token of a purpose that an account has; those before it end. The account must have been taken. */
export async function issueMailToken(
  ctx: Context,
  tx: Transaction,
  purpose: Purpose,
  account: { readonly authorId: string; readonly email: string },
): Promise<string> {
  const { authorId, email } = account;
  const { token, hash } = makeToken('MAIL');
  const now = ctx.now();
  await endMailTokens(tx, purpose, authorId);
  await insertRow(tx, 'mail_token', {
    ...{ hash, purpose, authorId, email, createdAt: now },
    expiresAt: new Date(now.getTime() + LASTS_MS[purpose]),
  });
  await tx.run(clearExpired, [now]);
  return token;
}

/** Ends the tokens of a purpose that an account has. */
export async function endMailTokens(tx: Transaction, purpose: Purpose, authorId: string): Promise<void> {
  await deleteRows(tx, 'mail_token', { authorId, purpose });
}

/** The stored form of a token from an input. Throws BAD_USER_INPUT, without a look at the rows, where it is none. */
export function checkedMailToken(token: string, field: string): string {
  if (kindOfToken(token) !== 'MAIL') throw deadToken(field);
  return hashOf(token);
}

interface Use {
  readonly authorId: string;
  readonly email: string;
}

const live = statement<Use>(
  'mail_token.live',
  'SELECT author_id AS "authorId", email FROM mail_token WHERE hash = ? AND purpose = ? AND expires_at > ?',
);

/** Whose a token is that still works, and the address that it was sent to; null: none such. */
export async function findMailToken(
  ctx: Context,
  tx: Transaction,
  purpose: Purpose,
  hash: string,
): Promise<Use | null> {
  const [token] = await tx.all(live, [hash, purpose, ctx.now()]);
  return token ?? null;
}

/** Ends a token; answers whether it was there to be ended. Of several at once one has it. */
export async function useMailToken(tx: Transaction, hash: string): Promise<boolean> {
  return (await deleteRows(tx, 'mail_token', { hash })) === 1;
}

/** What is answered for every token that does not work: forged, used, replaced or expired. */
export function deadToken(field: string): Refusal {
  return badInput('This token is invalid or has expired: request another e-mail.', field);
}
