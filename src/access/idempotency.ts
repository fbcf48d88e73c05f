// A client that repeats a mutation because its answer was lost must not run it twice. The key is inserted first, in the
// mutation's own transaction: of several concurrent requests one inserts it, and the others wait for its commit and
// read its stored outcome. The table reveals neither keys nor inputs, because both may hold a password or be easy to
// guess.
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { change, clearExpired, insertNew, statement, type Transaction } from '../store/index.ts';
import type { Context } from './context.ts';
import { badInput, Refusal } from './errors.ts';
import { hasRights, rightsOf } from './rights.ts';

/** The member of an input that identifies repeats. */
export interface Keyed {
  readonly idempotencyKey?: string | null | undefined;
}

const IDEMPOTENCY_KEY_CHARS_MAX = 255;
/** The key encrypts an outcome that holds a secret, so it must be hard to guess. A UUID has 36 characters. */
const SEALING_KEY_CHARS_MIN = 16;
/** How long a key is stored: the longest time that a client's queue of unsent writes is likely to live. */
const IDEMPOTENCY_KEY_MS = 24 * 60 * 60 * 1000;

export interface Repeatable {
  readonly mutation: string;
  readonly input: Keyed;
  /** Whether the outcome holds a secret and is stored encrypted. */
  readonly sealed: boolean;
}

interface KeyRow {
  readonly mutation: string;
  readonly inputHash: string;
  readonly payload: string;
  readonly rights: string | null;
}

const byHash = statement<KeyRow>(
  'idempotency.byHash',
  'SELECT mutation, input_hash AS "inputHash", payload, rights FROM idempotency_key WHERE hash = ?',
);
const storePayload = change(
  'idempotency.storePayload',
  'UPDATE idempotency_key SET payload = ? WHERE hash = ?',
  { table: 'idempotency_key', sets: ['payload'], by: ['payload', 'hash'] },
);
const expire = change(
  'idempotency.expire',
  'DELETE FROM idempotency_key WHERE hash = ? AND expires_at <= ?',
  { table: 'idempotency_key', sets: null, by: ['hash', null] },
);

/** Runs `work`, unless this actor has already run it under the same key. See `write`. */
export async function once<O extends object>(
  ctx: Context,
  tx: Transaction,
  { mutation, input, sealed }: Repeatable,
  work: (tx: Transaction) => Promise<O>,
): Promise<O> {
  const { idempotencyKey: key = null, ...rest } = input;
  if (key === null) return work(tx);
  checkIdempotencyKey(key, sealed);
  const now = ctx.now();
  const hash = createHash('sha256')
    .update(`${ctx.viewer?.id ?? 'guest'}\0${key}`)
    .digest('hex');
  const inputHash = createHmac('sha256', key)
    .update(canonical({ mutation, ...rest }))
    .digest('hex');
  await tx.run(expire, [hash, now]);
  const isFirst = await insertNew(tx, 'idempotency_key', {
    ...{ hash, mutation, inputHash, payload: '', rights: rightsOf(ctx.viewer), createdAt: now },
    expiresAt: new Date(now.getTime() + IDEMPOTENCY_KEY_MS),
  });
  if (isFirst) {
    const outcome = await work(tx);
    const text = JSON.stringify(outcome);
    await tx.run(storePayload, [sealed ? seal(text, key) : text, hash]);
    await clearExpired(tx, 'idempotency_key', now);
    return outcome;
  }
  const [stored] = await tx.all(byHash, [hash]);
  if (stored?.mutation !== mutation || stored.inputHash !== inputHash) {
    throw new Refusal(
      'IDEMPOTENCY_KEY_REUSED',
      'This idempotency key was already used with a different input. Use a new key for each write.',
      { field: 'input.idempotencyKey' },
    );
  }
  // the rule that allowed the first request, before its stored outcome: a weaker credential of the same author, or an
  // author who has lost the role, gets none
  if (!hasRights(ctx.viewer, stored.rights))
    throw new Refusal('FORBIDDEN', 'You have fewer rights now than when this request was first sent.');
  return JSON.parse(sealed ? unseal(stored.payload, key) : stored.payload) as O;
}

/** Throws BAD_USER_INPUT if a key is too short or too long. `sealed`: the outcome is stored encrypted. */
export function checkIdempotencyKey(key: string, sealed: boolean): void {
  const min = sealed ? SEALING_KEY_CHARS_MIN : 1;
  if (key.length >= min && key.length <= IDEMPOTENCY_KEY_CHARS_MAX) return;
  throw badInput(
    `An idempotency key has ${min} to ${IDEMPOTENCY_KEY_CHARS_MAX} characters here, such as a UUID.`,
    'input.idempotencyKey',
  );
}

/** The same text for equal inputs, in whatever order their members were sent. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (name, member: unknown) => {
    if (name === 'clientMutationId') return undefined;
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member;
    return Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}

const sealingKey = (key: string) =>
  Buffer.from(hkdfSync('sha256', key, '', 'parley idempotency payload', 32));

function seal(text: string, key: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(key), iv);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
}

function unseal(payload: string, key: string): string {
  const bytes = Buffer.from(payload, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(key), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}
