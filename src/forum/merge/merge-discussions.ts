import type { Context } from '../../access/context.ts';
import { badInput } from '../../access/errors.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { MergeDiscussionsInput } from '../../generated/graphql.ts';
import { requiredRowId, unknownId } from '../../graphql/global-id.ts';
import { insertRow, type Transaction } from '../../store/index.ts';
import { moderationBy, recordSides } from '../author/index.ts';
import {
  hasAnswers,
  insertQuestionAsComment,
  moveAllComments,
  recordMovedComments,
} from '../comment/index.ts';
import {
  discussionMoved,
  eraseQuestionText,
  isMergedIntoVisible,
  type LockedDiscussion,
  moveReferences,
  readQuestionText,
  recordAnswer,
  recordMerged,
} from '../discussion/index.ts';
import { discussionsMerged, recordMerge } from './merge-record.ts';
import { mayMerge } from './merge-rules.ts';
import { checkMergeable, lockForMerge } from './mergeable.ts';

/** Row ids. */
type Merged = {
  readonly sourceId: string;
  readonly destinationId: string;
  /** The comment that the source's question has become. */
  readonly commentId: string | null;
  readonly unmarkedAnswerId: string | null;
};

/**
 * Merges a discussion into another: its question and its comments become comments there. If it has been merged into it
 * already, nothing changes. The number of statements does not depend on the number of comments.
 */
export async function mergeDiscussions(ctx: Context, input: MergeDiscussionsInput): Promise<Merged> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const sourceId = requiredRowId('Discussion', input.sourceId, 'input.sourceId');
  const wantedId = requiredRowId('Discussion', input.destinationId, 'input.destinationId');
  if (sourceId === wantedId)
    throw badInput('A discussion cannot be merged into itself.', 'input.destinationId');

  return write(ctx, 'mergeDiscussions', input, async (tx) => {
    // load
    const { source, destination } = await lockForMerge(tx, sourceId, wantedId);
    if (!source || (source.deletedAt !== null && !(await isMergedIntoVisible(tx, source))))
      throw unknownId(input.sourceId, 'input.sourceId');
    // rule
    enforce(mayMerge(viewer, source), 'input.sourceId');
    if (!destination || destination.deletedAt !== null)
      throw unknownId(input.destinationId, 'input.destinationId');
    enforce(mayMerge(viewer, destination), 'input.destinationId');
    const { id: destinationId } = destination;
    if (source.mergedIntoId === destinationId)
      return { sourceId, destinationId, commentId: source.mergedCommentId, unmarkedAnswerId: null };
    await checkMergeable(tx, source, destination);
    // change
    const by = moderationBy(ctx);
    const { productId } = destination;
    // while its comments can be told from those that the destination has
    if (source.productId !== productId)
      await discussionMoved.emit(tx, { discussionId: sourceId, productId, by });
    const commentId = ctx.newId(new Date(source.createdAt));
    await moveThread(ctx, tx, source, destination, commentId);
    const unmarkedAnswerId = await moveAnswer(tx, source, destination);
    // after
    const { importedNetVotes } = destination;
    await discussionsMerged.emit(tx, { sourceId, destinationId });
    const commentCount = destination.commentCount + source.commentCount + 1;
    const topLevelCommentCount = destination.topLevelCommentCount + source.topLevelCommentCount + 1;
    const counted = { commentCount, topLevelCommentCount };
    await recordMovedComments(tx, destination, counted, importedNetVotes + source.importedNetVotes);
    await recordMovedComments(tx, source, { commentCount: 0, topLevelCommentCount: 0 });
    const action = 'MERGE_DISCUSSION';
    await recordSides(tx, by, { action, sourceId, destinationId, commentId });
    return { sourceId, destinationId, commentId, unmarkedAnswerId };
  });
}

/** Top-level comments stay at the top level, so that answers to the same question stand side by side. */
async function moveThread(
  ctx: Context,
  tx: Transaction,
  source: LockedDiscussion,
  destination: LockedDiscussion,
  commentId: string,
): Promise<void> {
  const excludedVoterId = ctx.policy.voteOnOwn ? null : destination.authorId;
  await recordMerge(tx, source, destination.id, { at: ctx.now(), excludedVoterId });
  const text = await readQuestionText(tx, source.id);
  await recordMerged(ctx, tx, source, { destinationId: destination.id, commentId });
  await moveAllComments(tx, source.id, destination.id);
  await insertQuestionAsComment(tx, commentId, source, text, destination.id);
  await insertRow(tx, 'merged_row', { sourceId: source.id, rowId: commentId });
  await eraseQuestionText(tx, source, text);
  await moveReferences(tx, source.id, destination);
}

/**
 * The destination keeps its answer. If it has none and its category has answers, the source's answer becomes its own.
 * Returns the comment that is no answer any more.
 */
async function moveAnswer(
  tx: Transaction,
  { answerId, answerRevision, answeredById, answeredAt }: LockedDiscussion,
  destination: LockedDiscussion,
): Promise<string | null> {
  if (answerId === null) return null;
  if (destination.answerId !== null || !(await hasAnswers(tx, destination.categoryId))) return answerId;
  const accepted = { revision: answerRevision, acceptedById: answeredById };
  const acceptedAt = new Date(answeredAt ?? 0);
  await recordAnswer(tx, destination, { commentId: answerId, ...accepted, acceptedAt });
  return null;
}
