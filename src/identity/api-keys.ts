import type { Context } from '../access/context.ts';
import type { Role, Viewer } from '../access/viewer.ts';
import { createAuthor } from '../forum/author/index.ts';
import type { ApiKeyScope } from '../generated/graphql.ts';
import type { Connection } from '../graphql/connections/connection.ts';
import type { SortOrder } from '../graphql/connections/cursor.ts';
import { countOf, type PageSource, pageOf } from '../graphql/connections/page.ts';
import { type PageArgs, pageRequest } from '../graphql/connections/page-args.ts';
import { insertRow, type NewId, selectList, statement, type Transaction } from '../store/index.ts';
import { joinScopes, SCOPES_OF } from './scopes.ts';
import { makeToken } from './token.ts';

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
type ApiKeyPage = Connection<ApiKeyRow>;

const apiKeys: PageSource<ApiKeyRow> = {
  name: 'api_key',
  table: 'api_key',
  columns: ['id', 'name', 'hint', 'scopes', 'createdAt', 'expiresAt', 'lastUsedAt', 'revokedAt'],
  listed: 'true',
  listedBy: {},
};

/** Index api_key(author_id, created_at, id). */
export const NEWEST_KEY_FIRST: SortOrder = {
  ...{ name: 'NEWEST', column: 'created_at', property: 'createdAt', ascending: false, kind: 'time' },
};

/** A page of the viewer's keys, revoked ones included. */
export async function pageApiKeys(ctx: Context, viewer: Viewer, args: PageArgs): Promise<ApiKeyPage> {
  const conditions = [{ sql: 't.author_id = ?', params: [viewer.id], by: 'author_id' }];
  const page = await pageOf(ctx.db, apiKeys, pageRequest(args, NEWEST_KEY_FIRST), conditions);
  return { ...page, totalCount: () => countOf(ctx.db, apiKeys, conditions) };
}

const byId = statement<ApiKeyRow>(
  'api_key.byId',
  `SELECT ${selectList(apiKeys, 't')} FROM api_key t WHERE t.id = ? AND t.author_id = ?`,
  { table: 'api_key', by: ['id'] },
);

/** One of the viewer's keys. Null if it does not exist or belongs to another author. */
export async function loadApiKey(ctx: Context, id: string): Promise<ApiKeyRow | null> {
  if (!ctx.viewer) return null;
  const [key] = await ctx.db.read.all(byId, [id, ctx.viewer.id]);
  return key ?? null;
}

interface NewApiKey {
  readonly authorId: string;
  readonly name: string;
  readonly scopes: readonly ApiKeyScope[];
  readonly createdAt: Date;
  /** Null: never. */
  readonly expiresAt: Date | null;
}

/** The part of a key that lists show so that its owner recognises it: the prefix and four characters. */
const HINT_CHARS = 'prl_key_'.length + 4;

/** Adds a key for an author. The result is the only place that holds the token. */
export async function issueApiKey(
  tx: Transaction,
  newId: (at: Date) => string,
  key: NewApiKey,
): Promise<{ readonly apiKeyId: string; readonly token: string }> {
  const { token, hash } = makeToken('API_KEY');
  const id = newId(key.createdAt);
  const hint = token.slice(0, HINT_CHARS);
  await insertRow(tx, 'api_key', { ...key, id, hash, hint, scopes: joinScopes(key.scopes) });
  return { apiKeyId: id, token };
}

/** Adds an author with this name and role, and a key with every scope of the role. For operators. */
export async function issueKeyForNewAuthor(
  tx: Transaction,
  newId: NewId,
  { name, role, at }: { readonly name: string; readonly role: Role; readonly at: Date },
): Promise<{ readonly authorId: string; readonly token: string }> {
  const authorId = newId(at);
  await createAuthor(tx, { id: authorId, role, name, createdAt: at });
  const { token } = await issueApiKey(tx, newId, {
    ...{ authorId, name, scopes: SCOPES_OF[role], createdAt: at, expiresAt: null },
  });
  return { authorId, token };
}
