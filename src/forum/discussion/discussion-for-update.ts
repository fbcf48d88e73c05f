import type { Refusal } from '../../access/errors.ts';
import { refusal } from '../../access/verdict.ts';
import { globalId, unknownId } from '../../graphql/global-id.ts';
import type { Texts } from '../../graphql/selected-columns.ts';
import { selectList, statement, type Transaction } from '../../store/index.ts';
import { type DiscussionRow, discussionSource } from './discussion-reads.ts';
import { isNotMerged } from './discussion-rules.ts';

/** A discussion whose row is locked, possibly a deleted one, without its texts. */
export interface LockedDiscussion extends Omit<DiscussionRow, keyof Texts> {
  readonly titleKey: string;
  readonly deletedAt: number | null;
  readonly deletedById: string | null;
  readonly importedNetVotes: number;
}

/** The same with its text, for an edit. */
export type EditedDiscussion = LockedDiscussion & { readonly body: string; readonly bodyText: string };

const TEXTS: readonly string[] = ['body', 'bodyHtml', 'bodyText'];
const COLUMNS = [
  ...discussionSource.columns.filter((column) => !TEXTS.includes(column)),
  ...['titleKey', 'deletedAt', 'deletedById', 'importedNetVotes'],
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

/**
 * The same for one that is not deleted. Throws NOT_FOUND with the input's field, or CONFLICT for one that was merged into
 * a visible discussion.
 */
export async function lockDiscussionForUpdate(
  tx: Transaction,
  id: string,
  field: string,
): Promise<LockedDiscussion> {
  const [row] = await tx.all(byId, [id]);
  return undeleted(tx, row, id, field);
}

/** The same with its text. */
export async function lockDiscussionForEdit(tx: Transaction, id: string): Promise<EditedDiscussion> {
  const [row] = await tx.all(byIdForEdit, [id]);
  return undeleted(tx, row, id, 'input.discussionId');
}

/** The locked row. Throws like `lockDiscussionForUpdate`. */
export async function undeleted<Row extends LockedDiscussion>(
  tx: Transaction,
  row: Row | null | undefined,
  id: string,
  field: string,
): Promise<Row> {
  if (row && row.deletedAt === null) return row;
  throw (row && (await mergedAway(tx, row, field))) ?? unknownId(globalId('Discussion', id), field);
}

const isVisible = statement<{ id: string }>(
  'discussion.isVisible',
  'SELECT id FROM discussion WHERE id = ? AND deleted_at IS NULL',
);

/** Whether a discussion was merged into one that can be seen. Its id, slug and URL then lead to that one. */
export async function isMergedIntoVisible(
  tx: Transaction,
  { mergedIntoId }: LockedDiscussion,
): Promise<boolean> {
  return mergedIntoId !== null && (await tx.all(isVisible, [mergedIntoId])).length > 0;
}

/** The refusal for a discussion that was merged into one that can be seen. Null for any other. */
export async function mergedAway(
  tx: Transaction,
  discussion: LockedDiscussion,
  field: string,
): Promise<Refusal | null> {
  const verdict = isNotMerged(discussion);
  return verdict.isAllowed || !(await isMergedIntoVisible(tx, discussion)) ? null : refusal(verdict, field);
}

/** Like `lockDiscussionForUpdate`. For a merged discussion, it locks the one that it was merged into instead. */
export async function lockDiscussionOrMergedInto(
  tx: Transaction,
  id: string,
  field: string,
): Promise<LockedDiscussion> {
  const row = await lockAnyDiscussionForUpdate(tx, id);
  if (!row || row.mergedIntoId === null) return undeleted(tx, row, id, field);
  const into = await lockAnyDiscussionForUpdate(tx, row.mergedIntoId);
  // it may have been merged in the meantime
  if (into && into.mergedIntoId !== null) return lockDiscussionOrMergedInto(tx, into.id, field);
  if (!into || into.deletedAt !== null) throw unknownId(globalId('Discussion', id), field);
  return into;
}

/** Locks two discussions in the order of their ids, so that two transactions with the same two do not block each other. */
export async function lockTwoForUpdate(
  tx: Transaction,
  one: string,
  other: string,
): Promise<[LockedDiscussion | null, LockedDiscussion | null]> {
  const isFirst = one < other;
  const first = await lockAnyDiscussionForUpdate(tx, isFirst ? one : other);
  const second = await lockAnyDiscussionForUpdate(tx, isFirst ? other : one);
  return isFirst ? [first, second] : [second, first];
}
