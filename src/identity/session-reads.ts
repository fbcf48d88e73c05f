import type { Context } from '../access/context.ts';
import type { Connection } from '../graphql/connections/connection.ts';
import type { SortOrder } from '../graphql/connections/cursor.ts';
import { type Condition, countOf, type PageSource, pageOf } from '../graphql/connections/page.ts';
import { type PageArgs, pageRequest } from '../graphql/connections/page-args.ts';
import { selectList, statement } from '../store/index.ts';
import { mayKeepAccount, requireOwner } from './account-rules.ts';

export interface SessionRow {
  readonly id: string;
  readonly createdAt: number;
  readonly lastUsedAt: number;
  readonly expiresAt: number;
  readonly userAgent: string | null;
}
export type SessionPage = Connection<SessionRow>;

const sessions: PageSource<SessionRow> = {
  name: 'session',
  table: 'session',
  columns: ['id', 'createdAt', 'lastUsedAt', 'expiresAt', 'userAgent'],
  listed: 'true',
};

/** Index session(author_id, created_at, id). */
const NEWEST: SortOrder = {
  ...{ name: 'NEWEST', column: 'created_at', property: 'createdAt', ascending: false, kind: 'time' },
};

/** A page of the viewer's sessions that have not ended. */
export async function pageSessions(ctx: Context, args: PageArgs): Promise<SessionPage> {
  const conditions = ofOwner(requireOwner(ctx).id, ctx.now());
  const page = await pageOf(ctx.db, sessions, pageRequest(args, NEWEST), conditions);
  return { ...page, totalCount: () => countOf(ctx.db, sessions, conditions) };
}

function ofOwner(authorId: string, now: Date): Condition[] {
  return [
    { sql: 't.author_id = ?', params: [authorId] },
    { sql: 't.expires_at > ?', params: [now] },
  ];
}

const byId = statement<SessionRow & { authorId: string }>(
  'session.byId',
  `SELECT ${selectList(sessions, 't')}, t.author_id AS "authorId" FROM session t WHERE t.id = ? AND t.expires_at > ?`,
);

/** One of the viewer's sessions; null where there is none, it has ended, or it is somebody else's. */
export async function loadSession(ctx: Context, id: string): Promise<SessionRow | null> {
  if (!mayKeepAccount(ctx.viewer).allowed) return null;
  const [session] = await ctx.db.read.all(byId, [id, ctx.now()]);
  return session && session.authorId === ctx.viewer?.id ? session : null;
}

/** The session that a write has just begun, for whoever asked for that write. */
export async function loadBegunSession(ctx: Context, id: string): Promise<SessionRow | null> {
  const [session] = await ctx.db.read.all(byId, [id, ctx.now()]);
  return session ?? null;
}
