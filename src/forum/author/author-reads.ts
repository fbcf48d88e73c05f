import type { Context } from '../../access/context.ts';
import type { Role } from '../../access/viewer.ts';
import { loader, rowsInOrder } from '../../graphql/loader.ts';
import { selectList, statement } from '../../store/index.ts';
import { HANDLE_CHARS_MAX } from './author-rules.ts';

export interface AuthorRow {
  readonly id: string;
  readonly role: Role;
  readonly handle: string | null;
  readonly name: string | null;
  readonly title: string | null;
  readonly company: string | null;
  readonly companySegment: string | null;
  readonly industry: string | null;
  readonly avatarUrl: string | null;
  readonly createdAt: number;
}

/** What every author is read as. */
export const AUTHOR_COLUMNS: readonly (keyof AuthorRow)[] = [
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
  (d) => `SELECT ${selectList({ columns: AUTHOR_COLUMNS }, 't')} FROM ${d.foundBy('author', 'id')}`,
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

const byHandles = statement<AuthorRow>(
  'author.byHandle',
  (d) => `SELECT ${selectList({ columns: AUTHOR_COLUMNS }, 't')} FROM ${d.foundBy('author', 'handle')}`,
  { table: 'author', by: ['handle'] },
);

/** The author with this handle, in whatever case; null if there is none. */
export async function loadAuthorByHandle(ctx: Context, handle: string): Promise<AuthorRow | null> {
  if (handle.length > HANDLE_CHARS_MAX) return null;
  return loader<AuthorRow | null>(ctx, 'author.byHandle', ({ db }, handles) =>
    rowsInOrder(handles, db.read.all(byHandles, [handles]), (row) => row.handle ?? ''),
  ).load(handle.toLowerCase());
}

/** The authors with these row ids, in the same order. Unknown ids are skipped. */
export async function loadAuthors(ctx: Context, ids: readonly string[]): Promise<AuthorRow[]> {
  const authors = await Promise.all(ids.map((id) => loadAuthor(ctx, id)));
  return authors.filter((author) => author !== null);
}
