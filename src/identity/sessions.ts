import type { Context } from '../access/context.ts';
import { write } from '../access/write.ts';
import type { RevokeSessionInput } from '../generated/graphql.ts';
import type { Connection } from '../graphql/connections/connection.ts';
import type { SortOrder } from '../graphql/connections/cursor.ts';
import { type Condition, countOf, type PageSource, pageOf } from '../graphql/connections/page.ts';
import { type PageArgs, pageRequest } from '../graphql/connections/page-args.ts';
import { requiredRowId, unknownId } from '../graphql/global-id.ts';
import { change, clearExpired, insertRow, selectList, statement, type Transaction } from '../store/index.ts';
import { mayManageAccount, requireOwner } from './account-rules.ts';
import { makeToken } from './token.ts';

export interface SessionRow {
  readonly id: string;
  readonly createdAt: number;
  readonly lastUsedAt: number;
  readonly expiresAt: number;
  readonly userAgent: string | null;
}
type SessionPage = Connection<SessionRow>;

const sessions: PageSource<SessionRow> = {
  name: 'session',
  table: 'session',
  columns: ['id', 'createdAt', 'lastUsedAt', 'expiresAt', 'userAgent'],
  listed: 'true',
  listedBy: {},
};

/** Index session(author_id, created_at, id). */
export const NEWEST_SESSION_FIRST: SortOrder = {
  ...{ name: 'NEWEST', column: 'created_at', property: 'createdAt', ascending: false, kind: 'time' },
};

/** A page of the viewer's active sessions. Throws UNAUTHENTICATED for a guest and FORBIDDEN for an API key. */
export async function pageSessions(ctx: Context, args: PageArgs): Promise<SessionPage> {
  const conditions = activeOf(requireOwner(ctx).id, ctx.now());
  const page = await pageOf(ctx.db, sessions, pageRequest(args, NEWEST_SESSION_FIRST), conditions);
  return { ...page, totalCount: () => countOf(ctx.db, sessions, conditions) };
}

function activeOf(authorId: string, now: Date): Condition[] {
  return [
    { sql: 't.author_id = ?', params: [authorId], by: 'author_id' },
    { sql: 't.expires_at > ?', params: [now], columns: ['expires_at'] },
  ];
}

const byId = statement<SessionRow & { authorId: string }>(
  'session.byId',
  `SELECT ${selectList(sessions, 't')}, t.author_id AS "authorId" FROM session t WHERE t.id = ? AND t.expires_at > ?`,
  { table: 'session', by: ['id'] },
);

/** One of the viewer's sessions. Null if it does not exist, has ended, or belongs to another author. */
export async function loadSession(ctx: Context, id: string): Promise<SessionRow | null> {
  if (!mayManageAccount(ctx.viewer).isAllowed) return null;
  const [session] = await ctx.db.read.all(byId, [id, ctx.now()]);
  return session && session.authorId === ctx.viewer?.id ? session : null;
}

/** The session that this request has just begun. It checks no owner: the request may have come from a guest. */
export async function loadNewSession(ctx: Context, id: string): Promise<SessionRow | null> {
  const [session] = await ctx.db.read.all(byId, [id, ctx.now()]);
  return session ?? null;
}

/** The outcome of signing in: row ids, and the token, which is stored nowhere. */
export type SignedIn = { readonly authorId: string; readonly sessionId: string; readonly token: string };

/** An account has at most this many sessions. A new one beyond that ends the oldest. */
const SESSIONS_OF_ACCOUNT_MAX = 100;
/** Browsers send fewer than 200 characters. The rest of a longer text is cut off. */
const USER_AGENT_CHARS_MAX = 255;

const endOldest = change(
  'session.endOldest',
  `DELETE FROM session WHERE author_id = ? AND id IN
    (SELECT id FROM session WHERE author_id = ? ORDER BY created_at DESC, id DESC LIMIT 1000 OFFSET ?)`,
  { table: 'session', sets: null, by: ['author_id', 'author_id', null] },
);

/** Begins a session for an author. The result is the only place that holds the token. */
export async function beginSession(ctx: Context, tx: Transaction, authorId: string): Promise<SignedIn> {
  const { token, hash } = makeToken('SESSION');
  const now = ctx.now();
  const id = ctx.newId();
  await insertRow(tx, 'session', {
    ...{ id, hash, authorId, createdAt: now, lastUsedAt: now },
    expiresAt: new Date(now.getTime() + ctx.policy.sessionMs),
    userAgent: ctx.userAgent?.slice(0, USER_AGENT_CHARS_MAX) || null,
  });
  await tx.run(endOldest, [authorId, authorId, SESSIONS_OF_ACCOUNT_MAX]);
  await clearExpired(tx, 'session', now);
  return { authorId, sessionId: id, token };
}

const endOwn = change(
  'session.endOwn',
  'DELETE FROM session WHERE id = ? AND author_id = ? AND expires_at > ?',
  { table: 'session', sets: null, by: ['id', 'author_id', null] },
);

/** Ends one of the viewer's sessions. The result holds its row id. */
export async function revokeSession(
  ctx: Context,
  input: RevokeSessionInput,
): Promise<{ readonly sessionId: string }> {
  // who
  const viewer = requireOwner(ctx);
  // input
  const sessionId = requiredRowId('Session', input.sessionId, 'input.sessionId');

  return write(ctx, 'revokeSession', input, async (tx) => {
    // rule and change in one statement: another author's session counts as unknown
    const ended = await tx.run(endOwn, [sessionId, viewer.id, ctx.now()]);
    if (ended === 0) throw unknownId(input.sessionId, 'input.sessionId');
    return { sessionId };
  });
}
