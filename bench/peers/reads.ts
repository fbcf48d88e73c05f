import type { Database } from 'better-sqlite3';
import DataLoader from 'dataloader';
import * as rows from './rows.ts';

const LISTED = '(t.deleted_at IS NULL OR t.reply_count > 0)';
const ONE_OF = 'IN (SELECT value FROM json_each(?))';

/** The hand-written reads of a peer: prepared once, loaders made anew for each request. */
export function readsOf(db: Database) {
  const discussionById = db.prepare<string, rows.DiscussionRow>(
    `SELECT ${rows.DISCUSSION} FROM discussion t WHERE t.id = ? AND t.deleted_at IS NULL`,
  );
  const categoryBySlug = db.prepare<string, rows.NamedRow>(
    'SELECT id, name, slug FROM category WHERE slug = ?',
  );
  const newestOf = db.prepare<[string, number], rows.DiscussionRow>(
    `SELECT ${rows.DISCUSSION} FROM discussion t WHERE t.category_id = ? AND t.deleted_at IS NULL
      ORDER BY t.created_at DESC, t.id DESC LIMIT ?`,
  );
  const bestOf = db.prepare<[string, number], rows.CommentRow>(
    `SELECT ${rows.COMMENT} FROM comment t WHERE t.discussion_id = ? AND t.reply_to_id IS NULL AND ${LISTED}
      ORDER BY t.best_score DESC, t.id DESC LIMIT ?`,
  );
  const repliesTo = db.prepare<[string, number], rows.CommentRow>(
    `SELECT ${rows.COMMENT} FROM comment t WHERE t.reply_to_id = ? AND ${LISTED}
      ORDER BY t.created_at, t.id LIMIT ?`,
  );
  const relatedTo = db.prepare<[string, number], rows.RelatedRow>(
    `SELECT ${rows.RELATED} FROM related_link r LEFT JOIN discussion d ON d.id = r.target_id AND d.deleted_at IS NULL
      WHERE r.discussion_id = ? ORDER BY r.position, r.id LIMIT ?`,
  );
  const authorsById = db.prepare<string, rows.AuthorRow>(
    `SELECT ${rows.AUTHOR} FROM author WHERE id ${ONE_OF}`,
  );
  const commentsById = db.prepare<string, rows.CommentRow>(
    `SELECT ${rows.COMMENT} FROM comment t WHERE t.id ${ONE_OF}`,
  );
  const named = (table: 'category' | 'product') =>
    db.prepare<string, rows.NamedRow>(`SELECT id, name, slug FROM ${table} WHERE id = ?`);
  const [categoryById, productById] = [named('category'), named('product')];

  return {
    discussion: (id: string) => presented(discussionById.get(id), rows.discussion),
    category: (slug: string) => presented(categoryBySlug.get(slug), categoryOf),
    categoryOf: (id: string) => presented(categoryById.get(id), categoryOf),
    productOf: (id: string) => presented(productById.get(id), (row) => ({ ...row, id: `P_${row.id}` })),
    newestOf: (id: string, first: number) => newestOf.all(id, first).map(rows.discussion),
    bestOf: (id: string, first: number) => bestOf.all(id, first).map(rows.comment),
    repliesTo: (id: string, first: number) => repliesTo.all(id, first).map(rows.comment),
    relatedTo: (id: string, first: number) => relatedTo.all(id, first).map(rows.related),
    loaders: () => ({
      authors: byId((ids) => authorsById.all(ids), rows.author),
      comments: byId((ids) => commentsById.all(ids), rows.comment),
    }),
  };
}

export type Reads = ReturnType<typeof readsOf>;

function categoryOf(row: rows.NamedRow) {
  return { ...row, rowId: row.id, id: `K_${row.id}` };
}

function presented<Row, T>(row: Row | undefined, present: (row: Row) => T): T | null {
  return row === undefined ? null : present(row);
}

function byId<Row extends { readonly id: string }, T>(
  all: (ids: string) => Row[],
  present: (row: Row) => T,
): DataLoader<string, T | null> {
  return new DataLoader(async (ids) => {
    const found = new Map(all(JSON.stringify(ids)).map((row) => [row.id, present(row)]));
    return ids.map((id) => found.get(id) ?? null);
  });
}
