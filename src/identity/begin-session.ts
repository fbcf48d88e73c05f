import type { Context } from '../access/context.ts';
import { change, insertRow, type Transaction } from '../store/index.ts';
import { SESSIONS_OF_ACCOUNT_MAX, USER_AGENT_CHARS_MAX } from './account-limits.ts';
import { makeToken } from './token.ts';

/** Sessions that have ended and that one sign-in clears away; more than it adds, so that they never pile up. */
const CLEARED_MAX = 3;

const clearEnded = change(
  'session.clearEnded',
  `DELETE FROM session WHERE id IN
    (SELECT id FROM session WHERE expires_at <= ? ORDER BY expires_at LIMIT ${CLEARED_MAX})`,
);
const endBeyond = change(
  'session.endBeyond',
  `DELETE FROM session WHERE author_id = ? AND id IN
    (SELECT id FROM session WHERE author_id = ? ORDER BY created_at DESC, id DESC LIMIT 1000 OFFSET ?)`,
);

/** Begins a session for an author. The token is in the answer and nowhere else. */
export async function beginSession(
  ctx: Context,
  tx: Transaction,
  authorId: string,
): Promise<{ sessionId: string; token: string }> {
  const { token, hash } = makeToken('SESSION');
  const now = ctx.now();
  const id = ctx.newId();
  await insertRow(tx, 'session', {
    ...{ id, hash, authorId, createdAt: now, lastUsedAt: now },
    expiresAt: new Date(now.getTime() + ctx.policy.sessionMs),
    userAgent: ctx.userAgent?.slice(0, USER_AGENT_CHARS_MAX) || null,
  });
  await tx.run(endBeyond, [authorId, authorId, SESSIONS_OF_ACCOUNT_MAX]);
  await tx.run(clearEnded, [now]);
  return { sessionId: id, token };
}
