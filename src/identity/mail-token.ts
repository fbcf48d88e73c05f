// Tokens that are sent by e-mail. Each works once.
import type { Context } from '../access/context.ts';
import { badInput, type Refusal } from '../access/errors.ts';
import type { EmailKind } from '../access/mailer.ts';
import { clearExpired, deleteRows, insertRow, statement, type Transaction } from '../store/index.ts';
import { hashOf, kindOfToken, makeToken } from './token.ts';

type Purpose = Exclude<EmailKind, 'PASSWORD_CHANGED'>;

const HOUR_MS = 60 * 60 * 1000;

/** A confirmation can wait over a weekend. A token that opens the account is used within the hour or not at all. */
const LIFETIME_MS: Readonly<Record<Purpose, number>> = {
  CONFIRM_EMAIL: 3 * 24 * HOUR_MS,
  RESET_PASSWORD: HOUR_MS,
};

interface Issued {
  readonly purpose: Purpose;
  readonly account: { readonly authorId: string; readonly email: string };
  readonly now: Date;
  /** Whether the account's earlier tokens for this purpose stop working. */
  readonly replaces: boolean;
}

/** Issues a token for an account, whose row the caller has locked. */
export async function issueMailToken(
  tx: Transaction,
  { purpose, account, now, replaces }: Issued,
): Promise<string> {
  const { authorId, email } = account;
  const { token, hash } = makeToken('MAIL');
  if (replaces) await endMailTokens(tx, purpose, authorId);
  await insertRow(tx, 'mail_token', {
    ...{ hash, purpose, authorId, email, createdAt: now },
    expiresAt: new Date(now.getTime() + LIFETIME_MS[purpose]),
  });
  await clearExpired(tx, 'mail_token', now);
  return token;
}

/** Deletes an account's tokens for a purpose. */
export async function endMailTokens(tx: Transaction, purpose: Purpose, authorId: string): Promise<void> {
  await deleteRows(tx, 'mail_token', { authorId, purpose });
}

/** The hash of a token from an input. Throws BAD_USER_INPUT, without a query, if it is not such a token. */
export function checkedMailToken(token: string, field: string): string {
  if (kindOfToken(token) !== 'MAIL') throw invalidToken(field);
  return hashOf(token);
}

interface MailTokenRow {
  readonly authorId: string;
  readonly email: string;
}

const valid = statement<MailTokenRow>(
  'mail_token.valid',
  'SELECT author_id AS "authorId", email FROM mail_token WHERE hash = ? AND purpose = ? AND expires_at > ?',
);

/** The author of a valid token and the address that it was sent to. Null if there is no such token. */
export async function findMailToken(
  ctx: Context,
  tx: Transaction,
  purpose: Purpose,
  hash: string,
): Promise<MailTokenRow | null> {
  const [token] = await tx.all(valid, [hash, purpose, ctx.now()]);
  return token ?? null;
}

/** Deletes a token and returns whether it existed. Of several requests at once, one gets true. */
export async function useMailToken(tx: Transaction, hash: string): Promise<boolean> {
  return (await deleteRows(tx, 'mail_token', { hash })) === 1;
}

/** The refusal of a token that is forged, used, replaced or expired. The message does not say which. */
export function invalidToken(field: string): Refusal {
  return badInput('This token is invalid or has expired: request another e-mail.', field);
}
