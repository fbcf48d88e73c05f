import type { CommentOrder } from '../../generated/graphql.ts';
import type { SortOrder } from '../../graphql/connections/cursor.ts';

const order = (
  name: CommentOrder,
  column: string,
  property: string,
  kind: SortOrder['kind'],
  ascending = false,
): SortOrder => ({ name, column, property, kind, ascending });

/** Each order has two indexes, one for the top level and one for replies: see prisma/models/comment.prisma. */
export const commentOrders: Record<CommentOrder, SortOrder> = {
  BEST: order('BEST', 'best_score', 'bestScore', 'float'),
  TOP: order('TOP', 'net_upvotes', 'netUpvotes', 'int'),
  NEWEST: order('NEWEST', 'created_at', 'createdAt', 'time'),
  OLDEST: order('OLDEST', 'created_at', 'createdAt', 'time', true),
  CONTROVERSIAL: order('CONTROVERSIAL', 'controversy_score', 'controversyScore', 'float'),
};
