import type { Context } from '../../access/context.ts';
import { type Columns, selecting, shown } from '../../graphql/columns.ts';
import { globalId, unknownId } from '../../graphql/global-id.ts';
import { statement, type Transaction } from '../../store/index.ts';
import { DISCUSSION_COLUMNS, type DiscussionRow, TEXTS_ONLY_FOR } from './discussion-reads.ts';

/** A discussion as a write needs it: deleted ones too, with who did it. */
export interface LockedDiscussion extends DiscussionRow {
  readonly titleKey: string;
  readonly deletedAt: number | null;
  readonly deletedById: string | null;
}

const whole: Columns = {
  name: 'discussion.take',
  columns: `${DISCUSSION_COLUMNS}, t.title_key AS "titleKey", t.deleted_at AS "deletedAt",
    t.deleted_by_id AS "deletedById"`,
};

const itself: Columns = { ...whole, onlyFor: TEXTS_ONLY_FOR };

const byId = selecting<LockedDiscussion>(
  (columns, d) => `SELECT ${columns} FROM discussion t WHERE t.id = ? ${d.forUpdate}`,
);

/**
 * Reads a discussion, deleted or not, and takes it: nobody else changes it, or adds a comment to it, until the
 * transaction ends. Every write that changes a discussion's row takes it first. Null: there is none.
 */
export async function lockAnyDiscussionForUpdate(
  tx: Transaction,
  id: string,
): Promise<LockedDiscussion | null> {
  const [row] = await tx.all(byId(whole), [id]);
  return row ?? null;
}

/** The same for one that is not deleted. Throws NOT_FOUND with the input's field. */
export async function lockDiscussionForUpdate(
  tx: Transaction,
  id: string,
  field: string,
): Promise<LockedDiscussion> {
  return undeleted(await lockAnyDiscussionForUpdate(tx, id), id, field);
}

/** The same for a write that has nothing to do with its texts: without those that the answer does not show. */
export async function lockDiscussionRowForUpdate(
  ctx: Context,
  tx: Transaction,
  id: string,
  field: string,
): Promise<LockedDiscussion> {
  const [row] = await tx.all(byId(shown(ctx, itself)), [id]);
  return undeleted(row, id, field);
}

function undeleted(row: LockedDiscussion | null | undefined, id: string, field: string): LockedDiscussion {
  if (!row || row.deletedAt !== null) throw unknownId(globalId('Discussion', id), field);
  return row;
}

const place = statement<{ lockedAt: number | null }>(
  'discussion.place',
  'SELECT locked_at AS "lockedAt" FROM discussion WHERE id = ? AND deleted_at IS NULL',
);

/** Whether a discussion is locked, as the writer knows it, without taking it; null: there is none to see. */
export async function placeOf(tx: Transaction, id: string): Promise<{ lockedAt: number | null } | null> {
  const [row] = await tx.all(place, [id]);
  return row ?? null;
}
