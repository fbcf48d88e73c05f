import type { Context } from '../../access/context.ts';
import { type Page, type PageSource, pageOf } from '../../graphql/connections/page.ts';
import { type PageArgs, pageRequest } from '../../graphql/connections/page-args.ts';
import type { MaybePromise } from '../../graphql/execution/index.ts';
import { selectedFor } from '../../graphql/selected-columns.ts';
import { commentOrders } from './comment-orders.ts';
import { type CommentRow, commentSource } from './comment-reads.ts';

/** The comments of a thread that are not deleted. */
const undeleted: PageSource<CommentRow> = {
  ...commentSource,
  name: 'comment of thread',
  listed: 't.deleted_at IS NULL',
  listedBy: { columns: ['deleted_at'] },
};

/** The newest comments of a discussion, at every depth. */
export function pageNewestComments(
  ctx: Context,
  discussionId: string,
  args: PageArgs,
): MaybePromise<Page<CommentRow>> {
  const conditions = [{ sql: 't.discussion_id = ?', params: [discussionId], by: 'discussion_id' }];
  return pageOf(ctx.db, selectedFor(ctx, undeleted), pageRequest(args, commentOrders.NEWEST), conditions);
}
