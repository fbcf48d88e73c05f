import type { Context } from '../../access/context.ts';
import type { DiscussionFilter } from '../../generated/graphql.ts';
import { type Statement, statement } from '../../store/index.ts';
import { conditionsOf } from './discussion-filter.ts';
import {
  DISCUSSION_COLUMNS,
  type DiscussionRow,
  discussionSource,
  primeDiscussions,
} from './discussion-reads.ts';

type Where = Pick<DiscussionFilter, 'categorySlug' | 'productSlug'>;

const statements = new Map<string, Statement<DiscussionRow>>();

/** Read in the order of the pins' index; there are as many as moderators have set. */
function pinned(conditions: readonly string[]): Statement<DiscussionRow> {
  const where = ['(pin.expires_at IS NULL OR pin.expires_at > ?)', ...conditions, discussionSource.listed];
  const text = `SELECT ${DISCUSSION_COLUMNS} FROM pin JOIN discussion t ON t.id = pin.discussion_id
    WHERE ${where.join(' AND ')} ORDER BY pin.position, pin.discussion_id LIMIT ?`;
  const known = statements.get(text) ?? statement<DiscussionRow>(`discussion.pinned ${conditions}`, text);
  statements.set(text, known);
  return known;
}

/** What is pinned now, in its order. Throws NOT_FOUND for a slug that names nothing. */
export async function loadPinned(ctx: Context, where: Where, first: number): Promise<DiscussionRow[]> {
  const conditions = await conditionsOf(ctx, where, '');
  const params = conditions.flatMap((condition) => condition.params);
  const rows = await ctx.db.read.all(pinned(conditions.map(({ sql }) => sql)), [ctx.now(), ...params, first]);
  primeDiscussions(ctx, rows);
  return rows;
}
