import type { Database } from '../../src/store/index.ts';

/** Every row of every table, in an order that does not change: two of these are equal when no row differs. */
export function allRows(db: Database) {
  return db.write(async (tx) => ({
    authors: await tx.author.findMany({ orderBy: { id: 'asc' } }),
    products: await tx.product.findMany({ orderBy: { id: 'asc' } }),
    categories: await tx.category.findMany({ orderBy: { id: 'asc' } }),
    tags: await tx.tag.findMany({ orderBy: { id: 'asc' } }),
    tagged: await tx.discussionTag.findMany({ orderBy: [{ discussionId: 'asc' }, { tagId: 'asc' }] }),
    discussions: await tx.discussion.findMany({ orderBy: { id: 'asc' } }),
    pins: await tx.pin.findMany({ orderBy: { discussionId: 'asc' } }),
    comments: await tx.comment.findMany({ orderBy: { id: 'asc' } }),
    links: await tx.relatedLink.findMany({ orderBy: { id: 'asc' } }),
  }));
}
