import type { Context } from '../kit/context.ts';
import { statement } from '../kit/db/index.ts';
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

const byIds = statement<AuthorRow>(
  'author.byIds',
  (d) => `SELECT id, role, handle, name, title, company, company_segment AS "companySegment", industry,
    avatar_url AS "avatarUrl", created_at AS "createdAt"
    FROM author WHERE ${d.inList('id')}`,
);

/** The author with this row id; null where there is none. */
export function loadAuthor(ctx: Context, id: string): Promise<AuthorRow | null> {
  const authors = loader<AuthorRow | null>(ctx, 'author', ({ db }, ids) =>
    rowsInOrder(ids, db.read.all(byIds, [ids]), (row) => row.id),
  );
  return authors.load(id);
}
