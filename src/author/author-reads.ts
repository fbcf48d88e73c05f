import { asked, type Columns, selecting } from '../kit/columns.ts';
import type { Context } from '../kit/context.ts';
import { loader, rowsInOrder } from '../kit/loader.ts';

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
  columns: `id, role, handle, name, title, company, company_segment AS "companySegment", industry,
    avatar_url AS "avatarUrl", created_at AS "createdAt"`,
  onlyFor: {
    company: 'Author.company',
    companySegment: 'Author.companySegment',
    industry: 'Author.industry',
    createdAt: 'Author.createdAt',
  },
};

const byIds = selecting<AuthorRow>((columns, d) => `SELECT ${columns} FROM author WHERE ${d.inList('id')}`);

/** The author with this row id; null where there is none. */
export function loadAuthor(ctx: Context, id: string): Promise<AuthorRow | null> {
  const found = loader<AuthorRow | null>(ctx, 'author', ({ db }, ids) =>
    rowsInOrder(ids, db.read.all(byIds(asked(ctx, authors)), [ids]), (row) => row.id),
  );
  return found.load(id);
}

/** Those of these authors that there are, in the order of the ids. */
export async function loadAuthors(ctx: Context, ids: readonly string[]): Promise<AuthorRow[]> {
  const authors = await Promise.all(ids.map((id) => loadAuthor(ctx, id)));
  return authors.filter((author) => author !== null);
}
