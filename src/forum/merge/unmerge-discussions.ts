import type { Context } from '../../access/context.ts';
import { conflict } from '../../access/errors.ts';
import { ALLOWED, enforce, firstRefused } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { UnmergeDiscussionsInput } from '../../generated/graphql.ts';
import { requiredRowId, unknownId } from '../../graphql/global-id.ts';
import { deleteRows, statement, type Transaction } from '../../store/index.ts';
import { moderationBy, recordSides } from '../author/index.ts';
import {
  countComments,
  discussionIdOf,
  lockCommentForUpdate,
  lockQuestionComment,
  moveCommentsBack,
  type QuestionComment,
  recordMovedComments,
  turnIntoQuestion,
} from '../comment/index.ts';
import {
  discussionMoved,
  type LockedDiscussion,
  lockAnyDiscussionForUpdate,
  lockTwoForUpdate,
  moveReferencesBack,
  recordAnswer,
  recordUnmerged,
} from '../discussion/index.ts';
import { discussionsUnmerged, readMerge } from './merge-record.ts';
import { mayMerge, UNDO_MS } from './merge-rules.ts';

type Unmerged = {
  readonly sourceId: string;
  /** Null, as the next one, if the discussion was not merged. */
  readonly destinationId: string | null;
  readonly removedCommentId: string | null;
};
const FIELD = 'input.sourceId';

/**
 * Undoes a merge: what it moved moves back, and replies to that go along. Other comments that were written since stay. Does
 * nothing if the discussion is not merged.
 */
export async function unmergeDiscussions(ctx: Context, input: UnmergeDiscussionsInput): Promise<Unmerged> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const sourceId = requiredRowId('Discussion', input.sourceId, FIELD);

  return write(ctx, 'unmergeDiscussions', input, async (tx) => {
    // load
    const { source, destination } = await lockMerged(tx, sourceId);
    if (!source || (source.deletedAt !== null && !destination)) throw unknownId(input.sourceId, FIELD);
    // rule: who may not restore the deleted discussion that it was merged into may not know of either
    const verdict = firstRefused(
      () => mayMerge(viewer, source),
      () => (destination ? mayMerge(viewer, destination) : ALLOWED),
    );
    if (destination && destination.deletedAt !== null && !verdict.isAllowed)
      throw unknownId(input.sourceId, FIELD);
    enforce(verdict, FIELD);
    if (!destination) return { sourceId, destinationId: null, removedCommentId: null };
    const { merge, comment } = await checkUndoable(ctx, tx, source, destination);
    // change
    await moveCommentsBack(tx, destination.id, sourceId);
    const moved = await countComments(tx, sourceId);
    if (destination.answerId && (await discussionIdOf(tx, destination.answerId)) !== destination.id)
      await recordAnswer(tx, destination, null);
    await recordUnmerged(tx, source);
    await turnIntoQuestion(tx, ctx.newId, comment, source, false);
    await moveReferencesBack(tx, sourceId, destination);
    await restoreAnswer(tx, source, merge);
    // after
    await discussionsUnmerged.emit(tx, { sourceId, destinationId: destination.id, commentId: comment.id });
    await deleteRows(tx, 'discussion_merge', { sourceId });
    await recordMovedComments(tx, source, await countComments(tx, sourceId));
    const commentCount = destination.commentCount - moved.commentCount;
    const topLevelCommentCount = destination.topLevelCommentCount - moved.topLevelCommentCount;
    const importedNetVotes = destination.importedNetVotes - source.importedNetVotes;
    await recordMovedComments(tx, destination, { commentCount, topLevelCommentCount }, importedNetVotes);
    const by = moderationBy(ctx);
    const { productId } = source;
    if (productId !== destination.productId)
      await discussionMoved.emit(tx, { discussionId: sourceId, productId, by });
    const action = 'UNMERGE_DISCUSSION';
    await recordSides(tx, by, { action, sourceId, destinationId: destination.id });
    return { sourceId, destinationId: destination.id, removedCommentId: comment.id };
  });
}

/** The discussion and the one that it was merged into, both locked; the latter is null if it was not. */
async function lockMerged(
  tx: Transaction,
  sourceId: string,
): Promise<{ source: LockedDiscussion | null; destination: LockedDiscussion | null }> {
  const [seen] = await tx.all(mergedInto, [sourceId]);
  const [source, destination] = seen?.mergedIntoId
    ? await lockTwoForUpdate(tx, sourceId, seen.mergedIntoId)
    : [await lockAnyDiscussionForUpdate(tx, sourceId), null];
  // it was merged, or that was undone, before it was locked
  if (source && source.mergedIntoId !== (destination?.id ?? null)) return lockMerged(tx, sourceId);
  return { source, destination };
}

const mergedInto = statement<{ mergedIntoId: string | null }>(
  'merge.mergedInto',
  'SELECT merged_into_id AS "mergedIntoId" FROM discussion WHERE id = ?',
);

async function checkUndoable(
  ctx: Context,
  tx: Transaction,
  source: LockedDiscussion,
  destination: LockedDiscussion,
): Promise<{ merge: NonNullable<Awaited<ReturnType<typeof readMerge>>>; comment: QuestionComment }> {
  const merge = await readMerge(tx, source.id);
  if (!merge) throw conflict('A merge that came with an import cannot be undone.', FIELD);
  if (merge.destinationId !== destination.id)
    throw conflict('The discussion that this one was merged into was merged too: undo that first.', FIELD);
  if (ctx.now().getTime() - merge.createdAt > UNDO_MS)
    throw conflict('A merge can be undone for a day, which has passed.', FIELD);
  if (destination.deletedAt !== null)
    throw conflict('The discussion that this one was merged into is deleted: restore that first.', FIELD);
  const comment = source.mergedCommentId && (await lockQuestionComment(tx, source.mergedCommentId));
  if (!comment || comment.discussionId !== destination.id)
    throw conflict('The comment that this discussion has become was moved to another one.', FIELD);
  if (comment.deletedAt !== null)
    throw conflict('The comment that this discussion has become was deleted: restore it first.', FIELD);
  return { merge, comment };
}

/** Unless the answer was deleted or moved, or is the answer of another discussion by now. */
async function restoreAnswer(
  tx: Transaction,
  source: LockedDiscussion,
  { answerId, answeredAt, answeredById, answerRevision }: NonNullable<Awaited<ReturnType<typeof readMerge>>>,
): Promise<void> {
  const comment = answerId === null ? null : await lockCommentForUpdate(tx, answerId);
  if (comment?.discussionId !== source.id || comment.deletedAt !== null) return;
  const accepted = { revision: answerRevision, acceptedById: answeredById };
  await recordAnswer(tx, source, {
    ...{ commentId: comment.id, ...accepted, acceptedAt: new Date(answeredAt ?? 0) },
  });
}
