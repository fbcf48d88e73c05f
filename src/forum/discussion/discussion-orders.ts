import type { DiscussionOrder } from '../../generated/graphql.ts';
import type { SortOrder } from '../../graphql/connections/cursor.ts';

const down = (
  name: DiscussionOrder,
  column: string,
  property: string,
  kind: SortOrder['kind'],
): SortOrder => ({ name, column, property, ascending: false, kind });

/** Each has its index on the whole table, by category and by product: see prisma/models/discussion.prisma. */
export const discussionOrders: Record<DiscussionOrder, SortOrder> = {
  HOT: down('HOT', 'hot_score', 'hotScore', 'float'),
  TOP: down('TOP', 'net_upvotes', 'netUpvotes', 'int'),
  NEWEST: down('NEWEST', 'created_at', 'createdAt', 'time'),
  ACTIVE: down('ACTIVE', 'last_activity_at', 'lastActivityAt', 'time'),
  MOST_COMMENTS: down('MOST_COMMENTS', 'comment_count', 'commentCount', 'int'),
  CONTROVERSIAL: down('CONTROVERSIAL', 'controversy_score', 'controversyScore', 'float'),
};
