import { insertNew, type Transaction } from '../../store/index.ts';

/** Sets the views of a new discussion of an export, in which they were counted. */
export async function addImportedViews(
  tx: Transaction,
  discussionId: string,
  viewCount: number,
): Promise<void> {
  await insertNew(tx, 'discussion_view_count', { discussionId, viewCount });
}
