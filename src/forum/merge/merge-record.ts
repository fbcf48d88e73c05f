// What a merge has moved, for its undo.
import type { Context } from '../../access/context.ts';
import { Signal } from '../../access/signal.ts';
import { chain } from '../../graphql/execution/index.ts';
import { loader, rowsInOrder } from '../../graphql/loader.ts';
import { change, insertRow, statement, type Transaction } from '../../store/index.ts';
import { duplicateMarked, type LockedDiscussion, moveRecordedRows } from '../discussion/index.ts';
import { UNDO_MS } from './merge-rules.ts';

/** Row ids of two discussions. */
interface Merge {
  readonly sourceId: string;
  readonly destinationId: string;
}

/** A discussion was merged into another. What else belongs to it moves: `merged_row` says which rows. */
export const discussionsMerged = new Signal<Merge>();
/** That is undone: the rows that `merged_row` names move back. `commentId` was the comment that is a question again. */
export const discussionsUnmerged = new Signal<Merge & { readonly commentId: string }>();
/** A comment becomes the question of a new discussion. Its votes become those of the discussion. */
export const commentBecameQuestion = new Signal<{
  readonly commentId: string;
  readonly discussionId: string;
}>();

/** Lets the rows of a table that refer to a merged discussion refer to the destination, and back. */
export function moveWithMerges(table: 'bookmark' | 'related_link', column: string): void {
  const move = moveRecordedRows(table, column);
  discussionsMerged.listen((tx, { sourceId, destinationId }) =>
    tx.run(move, [destinationId, sourceId, sourceId]),
  );
  discussionsUnmerged.listen((tx, { sourceId, destinationId }) =>
    tx.run(move, [sourceId, destinationId, sourceId]),
  );
}

// by the merges that can be undone, which are few: an index of row ids would cost a merge of 10,000 comments as many entries
const forget = change(
  'merge.forgetRow',
  `DELETE FROM merged_row WHERE row_id = ? AND source_id IN
    (SELECT m.source_id FROM discussion_merge m WHERE m.created_at >= ?)`,
  { table: 'merged_row', sets: null, by: ['row_id', null] },
);
// the undo of a merge leaves it where somebody has put it since
duplicateMarked.listen((tx, { discussionId, at }) =>
  tx.run(forget, [discussionId, new Date(at.getTime() - UNDO_MS)]),
);

// each part finds the rows by the source's id, which its first column repeats
const PARTS = [
  'SELECT c.discussion_id, c.id FROM comment c WHERE c.discussion_id = ? AND c.reply_to_id IS NULL',
  `SELECT b.discussion_id, b.id FROM bookmark b WHERE b.discussion_id = ? AND NOT EXISTS
    (SELECT 1 FROM bookmark o WHERE o.discussion_id = ? AND o.author_id = b.author_id)`,
  // an author who voted on both keeps the vote on the destination
  `SELECT v.discussion_id, v.author_id FROM discussion_vote v WHERE v.discussion_id = ? AND v.author_id <> ?
    AND NOT EXISTS (SELECT 1 FROM discussion_vote o WHERE o.discussion_id = ? AND o.author_id = v.author_id)`,
  'SELECT d.duplicate_of_id, d.id FROM discussion d WHERE d.duplicate_of_id = ?',
  `SELECT l.target_id, l.id FROM related_link l WHERE l.target_id = ? AND l.discussion_id <> ? AND NOT EXISTS
    (SELECT 1 FROM related_link o WHERE o.discussion_id = l.discussion_id AND o.target_id = ?)`,
];
const recordRows = change(
  'merge.recordRows',
  `INSERT INTO merged_row (source_id, row_id) ${PARTS.join(' UNION ')}`,
  { table: 'merged_row', sets: null, by: Array.from({ length: 10 }, () => null) },
);

/**
 * Records a merge, and the rows that are about to move. Votes of `excludedVoterId` do not move: authors cannot vote on
 * their own posts.
 */
export async function recordMerge(
  tx: Transaction,
  { id: sourceId, answerId, answeredAt, answeredById, answerRevision }: LockedDiscussion,
  destinationId: string,
  { at, excludedVoterId }: { readonly at: Date; readonly excludedVoterId: string | null },
): Promise<void> {
  await insertRow(tx, 'discussion_merge', {
    ...{ sourceId, destinationId, createdAt: at, answerId, answeredById, answerRevision },
    answeredAt: answeredAt === null ? null : new Date(answeredAt),
  });
  const toBookmarks = [sourceId, destinationId];
  const toVotes = [sourceId, excludedVoterId ?? '', destinationId];
  const toLinks = [sourceId, destinationId, destinationId];
  await tx.run(recordRows, [sourceId, ...toBookmarks, ...toVotes, sourceId, ...toLinks]);
}

interface MergeRow {
  readonly destinationId: string;
  readonly createdAt: number;
  readonly answerId: string | null;
  readonly answeredAt: number | null;
  readonly answeredById: string | null;
  readonly answerRevision: number | null;
}

const bySource = statement<MergeRow>(
  'merge.bySource',
  `SELECT destination_id AS "destinationId", created_at AS "createdAt", answer_id AS "answerId",
    answered_at AS "answeredAt", answered_by_id AS "answeredById", answer_revision AS "answerRevision"
    FROM discussion_merge WHERE source_id = ?`,
);

/** The record of a merged discussion, whose row is locked. Null if there is none. */
export async function readMerge(tx: Transaction, sourceId: string): Promise<MergeRow | null> {
  const [row] = await tx.all(bySource, [sourceId]);
  return row ?? null;
}

const undoable = statement<{ sourceId: string }>(
  'merge.undoable',
  (d) => `SELECT m.source_id AS "sourceId" FROM discussion_merge m
    JOIN discussion t ON t.id = m.source_id AND t.merged_into_id = m.destination_id
    WHERE ${d.inList('m.source_id')}`,
  { table: 'discussion_merge', by: ['source_id'] },
  { table: 'discussion', by: ['id'], columns: ['merged_into_id'] },
);

/**
 * Whether what a merge has moved is recorded, and where it was moved to: nothing is recorded if it came with an import, and
 * it is elsewhere if the destination was merged too.
 */
export function loadIsUndoable(ctx: Context, sourceId: string): Promise<boolean> {
  return loader<boolean>(ctx, 'merge.undoable', ({ db }, ids) =>
    chain(
      rowsInOrder(ids, db.read.all(undoable, [ids]), (row) => row.sourceId),
      (rows) => rows.map((row) => row !== null),
    ),
  ).load(sourceId);
}
