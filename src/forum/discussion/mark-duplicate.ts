// markDuplicate and unmarkDuplicate.
import type { Context } from '../../access/context.ts';
import { badInput, conflict } from '../../access/errors.ts';
import { Signal } from '../../access/signal.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { MarkDuplicateInput, UnmarkDuplicateInput } from '../../generated/graphql.ts';
import { requiredRowId, unknownId } from '../../graphql/global-id.ts';
import { statement, type Transaction, updateRows } from '../../store/index.ts';
import { closing } from './close-discussion.ts';
import {
  type LockedDiscussion,
  lockAnyDiscussionForUpdate,
  lockDiscussionForUpdate,
  lockTwoForUpdate,
  undeleted,
} from './discussion-for-update.ts';
import { mayCloseDiscussion } from './discussion-rules.ts';

/** Maximum number of duplicates that move to another original at once. */
const DUPLICATES_MOVED_MAX = 100;

/** Somebody has chosen the original of a discussion, perhaps the same again. Duplicates that follow it are not named. */
export const duplicateMarked = new Signal<{ readonly discussionId: string; readonly at: Date }>();

/**
 * Closes a discussion as a duplicate of an original. Originals are never duplicates: a duplicate of a duplicate is one of
 * the same original, so there are no chains and no circles. Returns the row ids, also of the original of an earlier mark.
 */
export async function markDuplicate(
  ctx: Context,
  input: MarkDuplicateInput,
): Promise<{ discussionId: string; originalId: string; previousOriginalId: string | null }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const discussionId = requiredRowId('Discussion', input.discussionId, 'input.discussionId');
  const namedId = requiredRowId('Discussion', input.originalId, 'input.originalId');
  if (namedId === discussionId)
    throw badInput('A discussion cannot be a duplicate of itself.', 'input.originalId');

  return write(ctx, 'markDuplicate', input, async (tx) => {
    // load
    const locked = await lockBothForUpdate(tx, discussionId, namedId);
    const discussion = await undeleted(tx, locked.discussion, discussionId, 'input.discussionId');
    const { original } = locked;
    const duplicates = await tx.all(duplicatesOf, [discussionId, DUPLICATES_MOVED_MAX + 1]);
    // rule
    enforce(mayCloseDiscussion(viewer, discussion), 'input.discussionId');
    if (original === null) throw unknownId(input.originalId, 'input.originalId');
    if (locked.isMergedIntoIt)
      throw conflict('That discussion was merged into this one: choose another.', 'input.originalId');
    if (original.id === discussionId)
      throw conflict('That discussion is a duplicate of this one: unmark it first.', 'input.originalId');
    if (original.deletedAt !== null)
      throw conflict('That discussion is a duplicate of a deleted one: choose another.', 'input.originalId');
    if (duplicates.length > DUPLICATES_MOVED_MAX)
      throw conflict(
        `More than ${DUPLICATES_MOVED_MAX} discussions are duplicates of this one.`,
        'input.discussionId',
      );
    // change
    const { id: originalId } = original;
    const isMarked = discussion.duplicateOfId === originalId;
    const previousOriginalId = isMarked ? null : discussion.duplicateOfId;
    const set = {
      ...closing(ctx, viewer, discussion),
      ...(!isMarked && ({ closeReason: 'DUPLICATE', duplicateOfId: originalId } as const)),
    };
    if (Object.keys(set).length > 0) await updateRows(tx, 'discussion', { id: discussionId }, set);
    await duplicateMarked.emit(tx, { discussionId, at: ctx.now() });
    for (const { id } of duplicates)
      await updateRows(tx, 'discussion', { id }, { duplicateOfId: originalId });
    return { discussionId, originalId, previousOriginalId };
  });
}

/** Reopens a duplicate. Does nothing if the discussion is not marked as one. Returns the row ids. */
export async function unmarkDuplicate(
  ctx: Context,
  input: UnmarkDuplicateInput,
): Promise<{ discussionId: string; previousOriginalId: string | null }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const discussionId = requiredRowId('Discussion', input.discussionId, 'input.discussionId');

  return write(ctx, 'unmarkDuplicate', input, async (tx) => {
    // load
    const discussion = await lockDiscussionForUpdate(tx, discussionId, 'input.discussionId');
    // rule
    enforce(mayCloseDiscussion(viewer, discussion), 'input.discussionId');
    // change
    const { duplicateOfId: previousOriginalId } = discussion;
    if (previousOriginalId !== null) {
      const set = { closedAt: null, closedById: null, closeReason: null, duplicateOfId: null };
      await updateRows(tx, 'discussion', { id: discussionId }, set);
    }
    return { discussionId, previousOriginalId };
  });
}

const target = statement<{ id: string; duplicateOfId: string | null }>(
  'discussion.duplicateTarget',
  `SELECT t.id, t.duplicate_of_id AS "duplicateOfId" FROM discussion t WHERE t.deleted_at IS NULL
    AND t.id = coalesce((SELECT m.merged_into_id FROM discussion m WHERE m.id = ?), ?)`,
);

/**
 * The discussion and the original that `namedId` leads to, both locked. A merged discussion leads to the one that it was
 * merged into, and a duplicate to its original. Rows are locked in the order of their ids. If the original has become a
 * duplicate meanwhile, its own original is locked too; a deadlock that comes of it runs again. What is locked here cannot become a duplicate, so that two marks at once never make a circle.
 */
async function lockBothForUpdate(
  tx: Transaction,
  discussionId: string,
  namedId: string,
): Promise<{
  discussion: LockedDiscussion | null;
  original: LockedDiscussion | null;
  /** Whether `namedId` was merged into the discussion itself. */
  isMergedIntoIt: boolean;
}> {
  const [found] = await tx.all(target, [namedId, namedId]);
  const isMergedIntoIt = found?.id === discussionId;
  const targetId = found?.duplicateOfId ?? found?.id ?? namedId;
  const [discussion, locked] = await lockTwoForUpdate(tx, discussionId, targetId);
  if (!found || !locked || (targetId === found.id && locked.deletedAt !== null))
    return { discussion, original: null, isMergedIntoIt };
  return { discussion, original: await lockOriginalOf(tx, locked), isMergedIntoIt };
}

async function lockOriginalOf(tx: Transaction, locked: LockedDiscussion): Promise<LockedDiscussion> {
  if (locked.duplicateOfId === null) return locked;
  const original = await lockAnyDiscussionForUpdate(tx, locked.duplicateOfId);
  return original ? lockOriginalOf(tx, original) : locked;
}

const duplicatesOf = statement<{ id: string }>(
  'discussion.lockDuplicatesOf',
  (d) => `SELECT t.id FROM discussion t WHERE t.duplicate_of_id = ?
    ORDER BY t.created_at DESC, t.id DESC LIMIT ? ${d.forUpdate}`,
);
