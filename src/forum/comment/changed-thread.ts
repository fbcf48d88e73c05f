// What else changes in a thread when a comment comes or goes: the comments above it.
import type { Context } from '../../access/context.ts';
import { chain } from '../../graphql/execution/index.ts';
import { loader, rowsByKey } from '../../graphql/loader.ts';
import { statement } from '../../store/index.ts';
import type { DiscussionRow } from '../discussion/index.ts';
import { type CommentRow, loadComment, loadNamedComment } from './comment-reads.ts';

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
export function loadAncestorIds(ctx: Context, commentId: string): Promise<string[]> {
  return loader<string[]>(ctx, 'comment.ancestorIds', ({ db }, ids) =>
    chain(
      rowsByKey(ids, db.read.all(idsOf, [ids]), (row) => row.commentId),
      (groups) => groups.map((rows) => rows.map(({ id }) => id)),
    ),
  ).load(commentId);
}

/** The comments above a comment, nearest first. `comment` is null if it is in no list any more. */
export async function loadAncestors(
  ctx: Context,
  commentId: string,
): Promise<{ readonly id: string; readonly comment: CommentRow | null }[]> {
  const ids = await loadAncestorIds(ctx, commentId);
  return Promise.all(ids.map(async (id) => ({ id, comment: await loadComment(ctx, id) })));
}

/** The comments above a comment that is in its thread: they are in it too. Nearest first. */
export async function loadListedAncestors(ctx: Context, commentId: string): Promise<CommentRow[]> {
  const ids = await loadAncestorIds(ctx, commentId);
  const rows = await Promise.all(ids.map((id) => loadNamedComment(ctx, id)));
  return rows.filter((row) => row !== null);
}
