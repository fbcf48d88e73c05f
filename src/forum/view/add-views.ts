import { change, type Database } from '../../store/index.ts';

/** The largest `Int` of GraphQL, and of the column. A count that has reached it stays. */
export const COUNT_MAX = 2_147_483_647;

// Instances add to the same row, and in the order of the ids, so that two batches never wait for each other. A discussion
// that was deleted after it was viewed is left out.
const addViewsOf = change(
  'view.add',
  (d) => `INSERT INTO discussion_view_count (discussion_id, view_count)
    SELECT d.id, count(*) FROM ${d.eachOf('p')} CROSS JOIN discussion d
    WHERE d.id = p.value AND d.deleted_at IS NULL GROUP BY d.id ORDER BY d.id
    ON CONFLICT (discussion_id) DO UPDATE SET view_count = discussion_view_count.view_count + excluded.view_count
    WHERE discussion_view_count.view_count <= ${COUNT_MAX} - excluded.view_count`,
  { table: 'discussion_view_count', sets: null, by: [null] },
);

/** Adds a batch of views to the counts, in one transaction: the row id of the discussion for each view. */
export async function addViews(
  db: Pick<Database, 'transaction'>,
  discussionIds: readonly string[],
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.run(addViewsOf, [discussionIds]);
  });
}
