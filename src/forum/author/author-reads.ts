import type { Context } from '../../access/context.ts';
import { loader, rowsInOrder } from '../../graphql/loader.ts';
import { selectList, statement } from '../../store/index.ts';

export interface AuthorRow {
  readonly id: string;
  readonly role: 'MEMBER' | 'VENDOR' | 'MODERATOR' | 'ADMIN';
  readonly handle: string | null;
  readonly name: string | null;
  readonly title: string | null;
  readonly company: string | null;
  readonly companySegment: string | null;
  readonly industry: string | null;
  readonly avatarUrl: string | null;
  readonly createdAt: number;
}

const COLUMNS: readonly (keyof AuthorRow)[] = [
  'id',
  'role',
  'handle',
  'name',
  'title',
  'company',
  'companySegment',
  'industry',
  'avatarUrl',
  'createdAt',
];

const byIds = statement<AuthorRow>(
  'author.byId',
  (d) => `SELECT ${selectList({ columns: COLUMNS }, 't')} FROM ${d.foundBy('author', 'id')}`,
  { table: 'author', by: ['id'] },
);

const authorsById = (ctx: Context) =>
  loader<AuthorRow | null>(ctx, 'author', ({ db }, ids) =>
    rowsInOrder(ids, db.read.all(byIds, [ids]), (row) => row.id),
  );

/** The author with this row id; null if there is none. */
export function loadAuthor(ctx: Context, id: string): Promise<AuthorRow | null> {
  return authorsById(ctx).load(id);
}

const byHandles = statement<{ id: string; handle: string }>(
  'author.idsOfHandles',
  (d) => `SELECT id, handle FROM author WHERE ${d.inList('handle')}`,
  { table: 'author', by: ['handle'], columns: [] },
);

/** The row ids of the authors with these handles, by handle. Unknown handles are skipped. */
export async function findAuthorIds(ctx: Context, handles: readonly string[]): Promise<Map<string, string>> {
  if (handles.length === 0) return new Map();
  const rows = await ctx.db.read.all(byHandles, [handles]);
  return new Map(rows.map(({ id, handle }) => [handle, id]));
}

/** The authors with these row ids, in the same order. Unknown ids are skipped. */
export async function loadAuthors(ctx: Context, ids: readonly string[]): Promise<AuthorRow[]> {
  const authors = await Promise.all(ids.map((id) => loadAuthor(ctx, id)));
  return authors.filter((author) => author !== null);
}
