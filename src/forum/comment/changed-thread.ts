// What else changes in a thread when a comment comes or goes: the comments above it.
import type { Context } from '../../access/context.ts';
import { groupedBy, loader } from '../../graphql/loader.ts';
import { statement } from '../../store/index.ts';
import type { DiscussionRow } from '../discussion/index.ts';
import { type CommentRow, loadComment } from './comment-reads.ts';

/** The payload of a mutation that adds a comment to its thread or removes it. */
export interface ChangedThread {
  readonly commentId: string;
  readonly comment: CommentRow | null;
  readonly discussion: DiscussionRow | null;
}

interface AncestorId {
  readonly commentId: string;
  readonly id: string;
}

/** Replies have a maximum depth, and so have the ancestors of a comment. */
const idsOf = statement<AncestorId>(
  'comment.ancestorIds',
  (d) => `WITH RECURSIVE up (comment_id, id, reply_to_id, depth) AS (
      SELECT id, id, reply_to_id, depth FROM comment WHERE ${d.inList('id')}
      UNION ALL
      SELECT up.comment_id, c.id, c.reply_to_id, c.depth FROM comment c JOIN up ON c.id = up.reply_to_id
    )
    SELECT comment_id AS "commentId", id FROM up WHERE id <> comment_id ORDER BY depth DESC`,
  { table: 'comment' },
);

/** The ids of the comments above a comment, nearest first. */
const ancestorIds = (ctx: Context) =>
  loader<AncestorId[]>(ctx, 'comment.ancestorIds', async ({ db }, ids) =>
    groupedBy(ids, await db.read.all(idsOf, [ids]), (row) => row.commentId),
  );

/** The comments above a comment, nearest first. `comment` is null if it is in no list any more. */
export async function loadAncestors(
  ctx: Context,
  commentId: string,
): Promise<{ readonly id: string; readonly comment: CommentRow | null }[]> {
  const ids = await ancestorIds(ctx).load(commentId);
  return Promise.all(ids.map(async ({ id }) => ({ id, comment: await loadComment(ctx, id) })));
}
