import type { Context } from '../../access/context.ts';
import { badInput, conflict } from '../../access/errors.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { SplitDiscussionInput } from '../../generated/graphql.ts';
import { globalId, requiredRowId, unknownId } from '../../graphql/global-id.ts';
import type { Transaction } from '../../store/index.ts';
import { checkedText } from '../../text/text-rules.ts';
import { moderationBy, recordSides } from '../author/index.ts';
import {
  countComments,
  countOutTree,
  discussionIdOf,
  extentOfTrees,
  isListed,
  type LockedComment,
  lockCommentForUpdate,
  lockCommentWithDiscussion,
  lockQuestionComment,
  MOVED_MAX,
  moveTreeToTop,
  recordMovedComments,
  TREE_DEPTH_MAX,
  turnIntoQuestion,
} from '../comment/index.ts';
import {
  DISCUSSION_TITLE,
  discussionMoved,
  findCatalogRefs,
  insertSplitDiscussion,
  type LockedDiscussion,
  lockAnyDiscussionForUpdate,
  recordAnswer,
  tagIdsOf,
} from '../discussion/index.ts';
import { commentBecameQuestion } from './merge-record.ts';
import { maySplit, maySplitInto } from './merge-rules.ts';

/** Maximum number of comments that are chosen at once; their replies come along. */
export const SPLIT_COMMENTS_MAX = 100;
const FIELD = 'input.commentIds';

/** Row ids. */
type Split = {
  readonly discussionId: string;
  readonly sourceId: string;
  readonly removedCommentId: string;
  readonly unmarkedAnswerId: string | null;
};

/**
 * Moves comments with all replies to them to a new discussion. The first one becomes its question, and the replies to it
 * stand at the top level, like the others. There is no undo but to merge it back.
 */
export async function splitDiscussion(ctx: Context, input: SplitDiscussionInput): Promise<Split> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const ids = [...new Set(input.commentIds.map((id) => requiredRowId('Comment', id, FIELD)))];
  if (ids.length > SPLIT_COMMENTS_MAX)
    throw badInput(`At most ${SPLIT_COMMENTS_MAX} comments can be chosen, not ${ids.length}.`, FIELD);
  const [firstId] = ids;
  if (firstId === undefined) throw badInput('Choose at least one comment.', FIELD);
  const title = checkedText(input.title, DISCUSSION_TITLE, 'input.title');
  // load
  const refs = await findCatalogRefs(ctx, input);

  return write(ctx, 'splitDiscussion', input, async (tx) => {
    const { discussion, comment: first } = await lockCommentWithDiscussion(tx, firstId, FIELD);
    const { id: sourceId } = discussion;
    // rule
    enforce(maySplit(viewer, discussion), FIELD);
    const categoryId = input.categoryId === undefined ? discussion.categoryId : refs.categoryId;
    const productId = input.productId === undefined ? discussion.productId : refs.productId;
    if (categoryId !== discussion.categoryId) enforce(maySplitInto(viewer, categoryId), 'input.categoryId');
    const roots = await lockRoots(tx, first, ids.slice(1), sourceId);
    // change
    const tagIds = input.tagSlugs === undefined ? await tagIdsOf(tx, sourceId) : refs.tagIds;
    const references = { categoryId, productId, tagIds, splitFromId: sourceId };
    const discussionId = await insertNew(ctx, tx, title, first.id, references);
    const left = await moveTrees(tx, discussion, roots, discussionId);
    await commentBecameQuestion.emit(tx, { commentId: first.id, discussionId });
    const question = await lockQuestionComment(tx, first.id);
    const made = await lockAnyDiscussionForUpdate(tx, discussionId);
    if (!question || !made) throw unknownId(input.commentIds[0] ?? '', FIELD);
    await turnIntoQuestion(tx, ctx.newId, question, made, true);
    const unmarkedAnswerId = await removeAnswer(tx, discussion);
    // after
    await recordMovedComments(tx, made, await countComments(tx, discussionId));
    await recordMovedComments(tx, discussion, left);
    const by = moderationBy(ctx);
    if (productId !== discussion.productId) await discussionMoved.emit(tx, { discussionId, productId, by });
    const action = 'SPLIT_DISCUSSION';
    await recordSides(tx, by, { action, sourceId, destinationId: discussionId });
    return { discussionId, sourceId, removedCommentId: first.id, unmarkedAnswerId };
  });
}

/** The chosen comments that are not below another one, the first one first. All must be in the discussion, and listed. */
async function lockRoots(
  tx: Transaction,
  first: LockedComment,
  otherIds: readonly string[],
  discussionId: string,
): Promise<LockedComment[]> {
  if (first.deletedAt !== null) throw conflict('A deleted comment cannot become a question.', FIELD);
  const chosen = [first];
  for (const id of otherIds) {
    const comment = await lockCommentForUpdate(tx, id);
    if (!comment || !isListed(comment) || comment.discussionDeletedAt !== null)
      throw unknownId(globalId('Comment', id), FIELD);
    if (comment.discussionId !== discussionId)
      throw badInput('The comments belong to different discussions.', FIELD);
    chosen.push(comment);
  }
  const { count, depth } = await extentOfTrees(
    tx,
    chosen.map(({ id }) => id),
  );
  if (count > MOVED_MAX)
    throw conflict(`More than ${MOVED_MAX.toLocaleString('en')} comments cannot be split off.`, FIELD);
  if ((depth ?? 0) > TREE_DEPTH_MAX)
    throw conflict(`Replies deeper than ${TREE_DEPTH_MAX} levels cannot be split off.`, FIELD);
  const isBelow = (comment: LockedComment, other: LockedComment) =>
    comment !== other && comment.treePath.startsWith(other.treePath);
  if (chosen.some((other) => isBelow(first, other)))
    throw badInput('The first comment is a reply to another one of them.', FIELD);
  return chosen.filter((comment) => !chosen.some((other) => isBelow(comment, other)));
}

async function insertNew(
  ctx: Context,
  tx: Transaction,
  title: string,
  questionId: string,
  references: {
    readonly categoryId: string | null;
    readonly productId: string | null;
    readonly tagIds: readonly string[];
    readonly splitFromId: string;
  },
): Promise<string> {
  const question = await lockQuestionComment(tx, questionId);
  if (!question) throw unknownId(globalId('Comment', questionId), FIELD);
  const { authorId, createdAt, importedNetVotes } = question;
  const createdAtIsApproximate = Boolean(question.createdAtIsApproximate);
  return insertSplitDiscussion(ctx, tx, {
    ...{ title, authorId, createdAt, createdAtIsApproximate, importedNetVotes },
    ...references,
  });
}

/** Returns the counts of what is left. */
async function moveTrees(
  tx: Transaction,
  { commentCount, topLevelCommentCount }: LockedDiscussion,
  roots: readonly LockedComment[],
  discussionId: string,
) {
  const left = { commentCount, topLevelCommentCount };
  for (const root of roots) {
    const leaving = await countOutTree(tx, root);
    left.commentCount -= leaving.commentCount;
    left.topLevelCommentCount -= leaving.topLevelCommentCount;
    await moveTreeToTop(tx, root, discussionId);
  }
  return left;
}

/** A discussion whose answer has left has none. Returns the answer. */
async function removeAnswer(tx: Transaction, discussion: LockedDiscussion): Promise<string | null> {
  const { id, answerId } = discussion;
  if (answerId === null || (await discussionIdOf(tx, answerId)) === id) return null;
  await recordAnswer(tx, discussion, null);
  return answerId;
}
