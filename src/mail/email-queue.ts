// The queue of e-mails, a table. An e-mail is queued in the transaction that causes it. Any instance sends it: it claims
// the row for some minutes, and deletes it when the mail server has taken the e-mail.
import type { Context } from '../access/context.ts';
import { overloaded } from '../access/errors.ts';
import type { EmailKind } from '../access/mailer.ts';
import {
  change,
  deleteRows,
  insertNew,
  type Reader,
  statement,
  type Transaction,
  updateRows,
} from '../store/index.ts';

/** A row of the queue. Times are milliseconds since 1970. */
export interface QueuedEmail {
  readonly id: string;
  readonly kind: EmailKind;
  readonly recipient: string;
  /** How often it was tried, the present attempt included. */
  readonly attempts: number;
  readonly createdAt: number;
  readonly expiresAt: number;
}

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/**
 * How long an e-mail is tried. RFC 5321 (4.5.4.1) asks for four to five days. Who has waited a day for a new password has
 * requested another one.
 */
const LIFETIME_MS: Readonly<Record<EmailKind, number>> = {
  CONFIRM_EMAIL: 5 * DAY_MS,
  RESET_PASSWORD: DAY_MS,
  PASSWORD_CHANGED: 5 * DAY_MS,
};

/** Several hours of the busiest forum's e-mails. The table stays small whatever the mail server does. */
const WAITING_MAX = 10_000;

const upToMax = statement<{ count: number }>(
  'queued_email.upToMax',
  `SELECT count(*) AS "count" FROM (SELECT 1 FROM queued_email LIMIT ${WAITING_MAX}) AS t`,
);

/**
 * Queues an e-mail. One of the same kind to the same recipient that still waits is replaced. Throws UNAVAILABLE if too
 * many wait, except for a notice that the owner of an account must get.
 */
export async function queueEmail(
  ctx: Pick<Context, 'now' | 'newId'>,
  tx: Transaction,
  kind: EmailKind,
  recipient: string,
): Promise<void> {
  const [waiting] = await tx.all(upToMax, []);
  if ((waiting?.count ?? 0) >= WAITING_MAX && kind !== 'PASSWORD_CHANGED')
    throw overloaded('Too many e-mails wait for the mail server: try again in 60 s.', 60);
  const now = ctx.now();
  await deleteRows(tx, 'queued_email', { kind, recipient });
  // of two requests at once, one is enough
  await insertNew(tx, 'queued_email', {
    ...{ id: ctx.newId(), kind, recipient, createdAt: now, nextAttemptAt: now },
    expiresAt: new Date(now.getTime() + LIFETIME_MS[kind]),
  });
}

/** A conditional update: of several instances one gets the row. PostgreSQL's do not wait for each other. */
const claim = change<QueuedEmail>(
  'queued_email.claim',
  (d) => `UPDATE queued_email SET attempts = attempts + 1, next_attempt_at = ? WHERE id =
      (SELECT id FROM queued_email WHERE next_attempt_at <= ? ORDER BY next_attempt_at, id LIMIT 1
        ${d.forUpdateOfFree})
    RETURNING id, kind, recipient, attempts, created_at AS "createdAt", expires_at AS "expiresAt"`,
  { table: 'queued_email', sets: ['attempts', 'next_attempt_at'], by: ['next_attempt_at', null] },
);

/** Claims the next e-mail that is due, until a time at which others may try. Null if none is due. */
export async function claimEmail(tx: Transaction, now: Date, until: Date): Promise<QueuedEmail | null> {
  const [claimed] = await tx.all(claim, [until, now]);
  return claimed ?? null;
}

/** Deletes an e-mail that was sent or given up, unless another instance has claimed it since. */
export async function removeEmail(tx: Transaction, { id, attempts }: QueuedEmail): Promise<void> {
  await deleteRows(tx, 'queued_email', { id, attempts });
}

/** Ends a claim, so that the e-mail is tried again at this time. */
export async function releaseEmail(tx: Transaction, { id, attempts }: QueuedEmail, at: Date): Promise<void> {
  await updateRows(tx, 'queued_email', { id, attempts }, { nextAttemptAt: at });
}

const next = statement<{ at: number | null }>(
  'queued_email.next',
  'SELECT min(next_attempt_at) AS "at" FROM queued_email',
  { table: 'queued_email' },
);

/** When the next e-mail is due, in milliseconds since 1970. Null if none waits. */
export async function nextAttemptAt(read: Reader): Promise<number | null> {
  const [found] = await read.all(next, []);
  return found?.at ?? null;
}

/** What waits. Times are milliseconds since 1970, and null if nothing waits. */
export interface QueueState {
  readonly waiting: number;
  readonly oldestAt: number | null;
  readonly nextAt: number | null;
}

const state = statement<QueueState>(
  'queued_email.state',
  `SELECT count(*) AS "waiting", min(created_at) AS "oldestAt", min(next_attempt_at) AS "nextAt"
    FROM queued_email`,
  { table: 'queued_email' },
);

export async function readQueue(read: Reader): Promise<QueueState> {
  const [found] = await read.all(state, []);
  return found ?? { waiting: 0, oldestAt: null, nextAt: null };
}

const expired = statement<{ count: number }>(
  'queued_email.expired',
  'SELECT count(*) AS "count" FROM queued_email WHERE expires_at <= ?',
  { table: 'queued_email' },
);

/** The number of e-mails that should have been given up: they remain only if no instance sends e-mails. */
export async function countExpired(read: Reader, now: Date): Promise<number> {
  const [found] = await read.all(expired, [now]);
  return found?.count ?? 0;
}

const deletion = change('queued_email.deleteExpired', 'DELETE FROM queued_email WHERE expires_at <= ?', {
  ...{ table: 'queued_email', sets: null, by: [null] },
});

export async function deleteExpired(tx: Transaction, now: Date): Promise<void> {
  await tx.run(deletion, [now]);
}
