// The pages of a thread that can be opened at a linked comment: see around-comment.ts.
import type { Context } from '../../access/context.ts';
import type { CommentOrder, ThreadOrder } from '../../generated/graphql.ts';
import type { Connection } from '../../graphql/connections/connection.ts';
import type { DiscussionRow } from '../discussion/index.ts';
import { type AroundArgs, isAround, pageAround, pathOfLinked } from './around-comment.ts';
import { commentOrders } from './comment-orders.ts';
import {
  type CommentRow,
  CountedPage,
  loadNamedComment,
  pageCommentsOf,
  pageOfThread,
  type ThreadList,
} from './comment-reads.ts';
import { counted, loadTreeRow, pageAllComments, threadOrder } from './tree-reads.ts';

type Page = Connection<CommentRow> | Promise<Connection<CommentRow>>;
type Ordered<Order> = AroundArgs & { readonly orderBy: Order };

/** A page of a discussion's top level. */
export function pageTopLevel(ctx: Context, discussion: DiscussionRow, args: Ordered<CommentOrder>): Page {
  const { id: parentId, topLevelCommentCount: count } = discussion;
  const list = { kind: 'discussion', parentId, count } as const;
  if (!isAround(args)) return pageOfThread(ctx, list, args);
  return pathOfLinked(ctx, parentId, args.around).then((path) => pageOpenedAt(ctx, list, args, path.at(-1)));
}

/** A page of a comment's replies. Opened at the linked comment only below comments that are above it. */
export function pageReplies(ctx: Context, comment: CommentRow, args: Ordered<CommentOrder>): Page {
  const { id: parentId, directReplyCount: count } = comment;
  const list = { kind: 'comment', parentId, count } as const;
  if (!isAround(args)) return pageOfThread(ctx, list, args);
  return pathOfLinked(ctx, comment.discussionId, args.around).then((path) =>
    pageOpenedAt(ctx, list, args, path[path.indexOf(parentId) - 1]),
  );
}

async function pageOpenedAt(
  ctx: Context,
  { kind, parentId, count }: ThreadList,
  args: Ordered<CommentOrder>,
  targetId: string | undefined,
): Promise<Connection<CommentRow>> {
  const order = commentOrders[args.orderBy];
  const target = targetId === undefined ? null : await loadNamedComment(ctx, targetId);
  const page = await pageAround(args, order, target, (one) =>
    pageCommentsOf(ctx, kind, parentId, one, order),
  );
  return new CountedPage(page, count);
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
