import type { Context } from '../../access/context.ts';
import type { DiscussionFilter } from '../../generated/graphql.ts';
import type { Condition } from '../../graphql/connections/page.ts';
import { selectedFor, selecting } from '../../graphql/selected-columns.ts';
import { conditionsOf } from './discussion-filter.ts';
import { type DiscussionRow, discussionSource, primeDiscussions } from './discussion-reads.ts';

type Where = Pick<DiscussionFilter, 'categorySlug' | 'productSlug'>;

/** By the conditions, of which there are a few: each takes its columns by the texts that are shown. */
const statements = new Map<string, ReturnType<typeof selecting<DiscussionRow>>>();

/** Read in the order of the pins' index; there are as many as moderators have set. */
function pinned(conditions: readonly Condition[]): ReturnType<typeof selecting<DiscussionRow>> {
  const where = [
    '(pin.expires_at IS NULL OR pin.expires_at > ?)',
    ...conditions.map(({ sql }) => sql),
    discussionSource.listed,
  ].join(' AND ');
  let known = statements.get(where);
  if (!known) {
    known = selecting<DiscussionRow>(
      (columns) => `SELECT ${columns} FROM pin JOIN discussion t ON t.id = pin.discussion_id
        WHERE ${where} ORDER BY pin.position, pin.discussion_id LIMIT ?`,
      { table: 'pin', columns: ['discussion_id', 'expires_at', 'position'] },
      {
        table: 'discussion',
        by: [null, ...conditions.map(({ by }) => by ?? null)],
        columns: ['deleted_at'],
      },
    );
    statements.set(where, known);
  }
  return known;
}

/** What is pinned now, in its order. Throws NOT_FOUND for a slug that names nothing. */
export async function loadPinned(ctx: Context, where: Where, first: number): Promise<DiscussionRow[]> {
  const conditions = await conditionsOf(ctx, where, '');
  const params = conditions.flatMap((condition) => condition.params);
  const read = pinned(conditions)(selectedFor(ctx, discussionSource));
  const rows = await ctx.db.read.all(read, [ctx.now(), ...params, first]);
  primeDiscussions(ctx, rows);
  return rows;
}
