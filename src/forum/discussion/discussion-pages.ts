import type { Context } from '../../access/context.ts';
import type { DiscussionOrder } from '../../generated/graphql.ts';
import type { Connection } from '../../graphql/connections/connection.ts';
import type { SortOrder } from '../../graphql/connections/cursor.ts';
import {
  type Condition,
  countOf,
  countsOf,
  emptyPage,
  type Page,
  pageOf,
  pagesOf,
  type Scope,
} from '../../graphql/connections/page.ts';
import { type PageArgs, pageRequest } from '../../graphql/connections/page-args.ts';
import { loader } from '../../graphql/loader.ts';
import { selectedFor } from '../../graphql/selected-columns.ts';
import { type DiscussionRow, discussionSource, primeDiscussions } from './discussion-reads.ts';

/** The conditions that a discussion `t` belongs to a parent `p.value`. */
const SCOPES = {
  author: { sql: 't.author_id = p.value', by: 'author_id' },
  category: { sql: 't.category_id = p.value', by: 'category_id' },
  product: { sql: 't.product_id = p.value', by: 'product_id' },
  original: { sql: 't.duplicate_of_id = p.value', by: 'duplicate_of_id' },
  splitFrom: { sql: 't.split_from_id = p.value', by: 'split_from_id' },
  tag: {
    sql: 't.id IN (SELECT dt.discussion_id FROM discussion_tag dt WHERE dt.tag_id = p.value)',
    reads: [{ table: 'discussion_tag', by: ['tag_id'], columns: ['discussion_id'] }],
  },
} as const satisfies Record<string, Scope>;

/** A page of all discussions under some conditions. Null: none matches. */
export async function pageDiscussions(
  ctx: Context,
  args: PageArgs,
  order: SortOrder,
  conditions: readonly Condition[] | null,
): Promise<Connection<DiscussionRow>> {
  if (conditions === null) return { ...emptyPage(pageRequest(args, order)), totalCount: () => 0 };
  const page = await pageOf(ctx.db, selectedFor(ctx, discussionSource), pageRequest(args, order), conditions);
  primeDiscussions(ctx, page.rows);
  return { ...page, totalCount: () => countOf(ctx.db, discussionSource, conditions) };
}

/**
 * A page of an author's, a category's, a product's or a tag's discussions, of an original's duplicates, or of those that
 * were split from another, under some conditions. One statement reads many pages. Null: none matches.
 */
export function pageDiscussionsOf(
  ctx: Context,
  kind: keyof typeof SCOPES,
  parentId: string,
  args: PageArgs,
  order: SortOrder,
  conditions: readonly Condition[] | null = [],
): Connection<DiscussionRow> | Promise<Connection<DiscussionRow>> {
  const request = pageRequest(args, order);
  if (conditions === null) return { ...emptyPage(request), totalCount: () => 0 };
  const filter = conditions.length === 0 ? '' : JSON.stringify(conditions);
  const pages = loader<Page<DiscussionRow>>(
    ctx,
    `discussion.pagesOf ${kind} ${request.key} ${filter}`,
    ({ db }, parentIds) =>
      pagesOf(db, selectedFor(ctx, discussionSource), request, SCOPES[kind], parentIds, conditions),
  );
  const counts = loader<number>(ctx, `discussion.countsOf ${kind} ${filter}`, ({ db }, parentIds) =>
    countsOf(db, discussionSource, SCOPES[kind], parentIds, conditions),
  );
  return pages.load(parentId).then((page) => {
    primeDiscussions(ctx, page.rows);
    return { ...page, totalCount: () => counts.load(parentId) };
  });
}

const descending = (
  name: DiscussionOrder,
  column: string,
  property: string,
  kind: SortOrder['kind'],
): SortOrder => ({ name, column, property, ascending: false, kind });

/** Each order has three indexes, for all discussions, by category and by product: see prisma/models/discussion.prisma. */
export const discussionOrders: Record<DiscussionOrder, SortOrder> = {
  HOT: descending('HOT', 'hot_score', 'hotScore', 'float'),
  TOP: descending('TOP', 'net_upvotes', 'netUpvotes', 'int'),
  NEWEST: descending('NEWEST', 'created_at', 'createdAt', 'time'),
  ACTIVE: descending('ACTIVE', 'last_activity_at', 'lastActivityAt', 'time'),
  MOST_COMMENTS: descending('MOST_COMMENTS', 'comment_count', 'commentCount', 'int'),
  CONTROVERSIAL: descending('CONTROVERSIAL', 'controversy_score', 'controversyScore', 'float'),
};
