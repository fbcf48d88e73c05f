import type { Context } from '../../access/context.ts';
import { type Columns, selecting, shown } from '../../graphql/columns.ts';
import { loader, rowsInOrder } from '../../graphql/loader.ts';

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

const authors: Columns = {
  name: 'author',
  columns: `t.id, t.role, t.handle, t.name, t.title, t.company, t.company_segment AS "companySegment", t.industry,
    t.avatar_url AS "avatarUrl", t.created_at AS "createdAt"`,
  onlyFor: {
    handle: 'Author.handle',
    name: 'Author.name',
    title: 'Author.title',
    avatarUrl: 'Author.avatarUrl',
    company: 'Author.company',
    companySegment: 'Author.companySegment',
    industry: 'Author.industry',
    createdAt: 'Author.createdAt',
  },
};

const byIds = selecting<AuthorRow>((columns, d) => `SELECT ${columns} FROM ${d.foundBy('author', 'id')}`);

const authorsById = (ctx: Context) =>
  loader<AuthorRow | null>(ctx, 'author', ({ db }, ids) =>
    rowsInOrder(ids, db.read.all(byIds(shown(ctx, authors)), [ids]), (row) => row.id),
  );

/** The author with this row id; null where there is none. */
export function loadAuthor(ctx: Context, id: string): Promise<AuthorRow | null> {
  return authorsById(ctx).load(id);
}

/** Those of these authors that there are, in the order of the ids. */
export async function loadAuthors(ctx: Context, ids: readonly string[]): Promise<AuthorRow[]> {
  const authors = await Promise.all(ids.map((id) => loadAuthor(ctx, id)));
  return authors.filter((author) => author !== null);
}
