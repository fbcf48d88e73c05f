// The pages of a thread that can be opened at a linked comment: see around-comment.ts.
import type { Context } from '../../access/context.ts';
import type { CommentOrder, ThreadOrder } from '../../generated/graphql.ts';
import type { Connection } from '../../graphql/connections/connection.ts';
import type { DiscussionRow } from '../discussion/index.ts';
import { type AroundArgs, isAround, pageAround, pathOfLinked } from './around-comment.ts';
import { commentOrders } from './comment-orders.ts';
import {
  type CommentRow,
  loadNamedComment,
  pageCommentsOf,
  pageOfThread,
  withCount,
} from './comment-reads.ts';
import { counted, loadTreeRow, pageAllComments, threadOrder } from './tree-reads.ts';

type Page = Connection<CommentRow> | Promise<Connection<CommentRow>>;
type Ordered<Order> = AroundArgs & { readonly orderBy: Order };

/** A page of a discussion's top level. */
export function pageTopLevel(ctx: Context, discussion: DiscussionRow, args: Ordered<CommentOrder>): Page {
  const count = discussion.topLevelCommentCount;
  if (!isAround(args)) return pageOfThread(ctx, 'discussion', discussion.id, args, count);
  return pathOfLinked(ctx, discussion.id, args.around).then((path) =>
    opened(ctx, 'discussion', discussion.id, args, path.at(-1), count),
  );
}

/** A page of a comment's replies. Opened at the linked comment only below comments that are above it. */
export function pageReplies(ctx: Context, comment: CommentRow, args: Ordered<CommentOrder>): Page {
  const count = comment.directReplyCount;
  if (!isAround(args)) return pageOfThread(ctx, 'comment', comment.id, args, count);
  return pathOfLinked(ctx, comment.discussionId, args.around).then((path) =>
    opened(ctx, 'comment', comment.id, args, path[path.indexOf(comment.id) - 1], count),
  );
}

async function opened(
  ctx: Context,
  kind: 'discussion' | 'comment',
  parentId: string,
  args: Ordered<CommentOrder>,
  targetId: string | undefined,
  count: number,
): Promise<Connection<CommentRow>> {
  const order = commentOrders[args.orderBy];
  const target = targetId === undefined ? null : await loadNamedComment(ctx, targetId);
  const page = await pageAround(args, order, target, (one) =>
    pageCommentsOf(ctx, kind, parentId, one, order),
  );
  return withCount(page, count);
}

/** A page of a discussion's comments at all depths. */
export async function pageWholeThread(
  ctx: Context,
  { id }: DiscussionRow,
  args: Ordered<ThreadOrder>,
): Promise<Connection<CommentRow>> {
  const read = (one: AroundArgs) => pageAllComments(ctx, id, one, args.orderBy);
  if (!isAround(args)) return counted(ctx, id, await read(args));
  const [linkedId] = await pathOfLinked(ctx, id, args.around);
  const target = linkedId === undefined ? null : await loadTreeRow(ctx, linkedId);
  return counted(ctx, id, await pageAround(args, threadOrder(args.orderBy), target, read));
}
