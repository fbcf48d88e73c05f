import type { Context } from '../../access/context.ts';
import { loader } from '../../graphql/loader.ts';
import { statement } from '../../store/index.ts';
import type { DiscussionRow } from './discussion-reads.ts';

/** Those of these discussions in which somebody else than their author has a comment that is not deleted. */
export const othersComments = statement<{ id: string }>(
  'discussion.withOthersComments',
  (d) => `SELECT t.id FROM discussion t WHERE ${d.inList('t.id')} AND EXISTS (
    SELECT 1 FROM comment c WHERE c.discussion_id = t.id AND c.deleted_at IS NULL
      AND (c.author_id IS NULL OR t.author_id IS NULL OR c.author_id <> t.author_id))`,
  { table: 'discussion', by: ['id'] },
  { table: 'comment', by: ['discussion_id'], columns: ['deleted_at', 'author_id'] },
);

/** Whether others have commented. Asked of the store only where the counter leaves it open. */
export async function loadHasOthersComments(ctx: Context, discussion: DiscussionRow): Promise<boolean> {
  if (discussion.commentCount === 0) return false;
  return loader<boolean>(ctx, 'discussion.hasOthersComments', async ({ db }, ids) => {
    const found = new Set((await db.read.all(othersComments, [ids])).map(({ id }) => id));
    return ids.map((id) => found.has(id));
  }).load(discussion.id);
}
