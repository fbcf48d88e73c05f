import type { Context } from '../access/context.ts';
import { signInFirst } from '../access/viewer.ts';
import type { Connection } from '../graphql/connections/connection.ts';
import type { SortOrder } from '../graphql/connections/cursor.ts';
import { countOf, type PageSource, pageOf } from '../graphql/connections/page.ts';
import { type PageArgs, pageRequest } from '../graphql/connections/page-args.ts';
import { selectList, statement } from '../store/index.ts';

export interface ApiKeyRow {
  readonly id: string;
  readonly name: string;
  readonly hint: string;
  /** As stored: see scopes.ts. */
  readonly scopes: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
  readonly revokedAt: number | null;
}
export type ApiKeyPage = Connection<ApiKeyRow>;

const apiKeys: PageSource<ApiKeyRow> = {
  name: 'api_key',
  table: 'api_key',
  columns: ['id', 'name', 'hint', 'scopes', 'createdAt', 'expiresAt', 'lastUsedAt', 'revokedAt'],
  listed: 'true',
};

/** Index api_key(author_id, created_at, id). */
const NEWEST: SortOrder = {
  ...{ name: 'NEWEST', column: 'created_at', property: 'createdAt', ascending: false, kind: 'time' },
};

/** A page of the viewer's keys. */
export async function pageApiKeys(ctx: Context, args: PageArgs): Promise<ApiKeyPage> {
  if (!ctx.viewer) throw signInFirst();
  const conditions = [{ sql: 't.author_id = ?', params: [ctx.viewer.id] }];
  const page = await pageOf(ctx.db, apiKeys, pageRequest(args, NEWEST), conditions);
  return { ...page, totalCount: () => countOf(ctx.db, apiKeys, conditions) };
}

const byId = statement<ApiKeyRow>(
  'api_key.byId',
  `SELECT ${selectList(apiKeys, 't')} FROM api_key t WHERE t.id = ? AND t.author_id = ?`,
);

/** One of the viewer's keys; null where there is none, or it is somebody else's. */
export async function loadApiKey(ctx: Context, id: string): Promise<ApiKeyRow | null> {
  if (!ctx.viewer) return null;
  const [key] = await ctx.db.read.all(byId, [id, ctx.viewer.id]);
  return key ?? null;
}
