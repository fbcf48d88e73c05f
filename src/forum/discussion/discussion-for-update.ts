import { globalId, unknownId } from '../../graphql/global-id.ts';
import type { Texts } from '../../graphql/selected-columns.ts';
import { selectList, statement, type Transaction } from '../../store/index.ts';
import { type DiscussionRow, discussionSource } from './discussion-reads.ts';

/** A discussion whose row is locked, possibly a deleted one, without its texts. */
export interface LockedDiscussion extends Omit<DiscussionRow, keyof Texts> {
  readonly titleKey: string;
  readonly deletedAt: number | null;
  readonly deletedById: string | null;
}

/** The same with its text, for an edit. */
export type EditedDiscussion = LockedDiscussion & { readonly body: string; readonly bodyText: string };

const TEXTS: readonly string[] = ['body', 'bodyHtml', 'bodyText'];
const COLUMNS = [
  ...discussionSource.columns.filter((column) => !TEXTS.includes(column)),
  ...['titleKey', 'deletedAt', 'deletedById'],
];

const lock = <Row>(name: string, columns: readonly string[]) =>
  statement<Row>(
    name,
    (d) => `SELECT ${selectList({ columns }, 't')} FROM discussion t WHERE t.id = ? ${d.forUpdate}`,
  );
const byId = lock<LockedDiscussion>('discussion.lock', COLUMNS);
const byIdForEdit = lock<EditedDiscussion>('discussion.lockForEdit', [...COLUMNS, 'body', 'bodyText']);

/**
 * Reads a discussion, deleted or not, and locks its row until the transaction ends: nobody else changes it or adds a
 * comment to it. Every write that changes a discussion's row locks it first. Null if there is none.
 */
export async function lockAnyDiscussionForUpdate(
  tx: Transaction,
  id: string,
): Promise<LockedDiscussion | null> {
  const [row] = await tx.all(byId, [id]);
  return row ?? null;
}

/** The same for one that is not deleted. Throws NOT_FOUND with the input's field. */
export async function lockDiscussionForUpdate(
  tx: Transaction,
  id: string,
  field: string,
): Promise<LockedDiscussion> {
  const [row] = await tx.all(byId, [id]);
  return undeleted(row, id, field);
}

/** The same with its text. */
export async function lockDiscussionForEdit(
  tx: Transaction,
  id: string,
  field: string,
): Promise<EditedDiscussion> {
  const [row] = await tx.all(byIdForEdit, [id]);
  return undeleted(row, id, field);
}

function undeleted<Row extends LockedDiscussion>(row: Row | undefined, id: string, field: string): Row {
  if (!row || row.deletedAt !== null) throw unknownId(globalId('Discussion', id), field);
  return row;
}
