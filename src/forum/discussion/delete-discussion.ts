import type { Context } from '../../access/context.ts';
import { conflict } from '../../access/errors.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { DeleteDiscussionInput, RestoreDiscussionInput } from '../../generated/graphql.ts';
import { globalId, requiredRowId, unknownId } from '../../graphql/global-id.ts';
import { deleteRows, type Transaction, updateRows } from '../../store/index.ts';
import { checkedText, trimmedRule } from '../../text/text-rules.ts';
import { type LockedDiscussion, lockAnyDiscussionForUpdate, mergedAway } from './discussion-for-update.ts';
import { othersComments } from './discussion-parts.ts';
import { mayDeleteDiscussion, mayRestoreDiscussion, overrulesAuthor } from './discussion-rules.ts';
import { discussionDeletedOrRestored, discussionTitled } from './discussion-text.ts';

export const DELETION_REASON = trimmedRule('A reason', 500);

/** The reason for a deletion. Null if none is given. */
export function checkedDeletionReason(reason: string | null | undefined): string | null {
  return typeof reason === 'string' ? checkedText(reason, DELETION_REASON, 'input.reason') : null;
}

/**
 * Deletes a discussion with its comments. All rows but the pin stay, so that it can be restored. Related links to it
 * stay too: see `isVisibleLink`. Returns the row's id.
 */
export async function deleteDiscussion(
  ctx: Context,
  input: DeleteDiscussionInput,
): Promise<{ discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const discussionId = requiredRowId('Discussion', input.discussionId, 'input.discussionId');
  const reason = checkedDeletionReason(input.reason);

  return write(ctx, 'deleteDiscussion', input, async (tx) => {
    // load
    const discussion = await lockUnmerged(tx, discussionId);
    const deletion = { deletedAt: ctx.now(), deletedById: viewer.id, deletionReason: reason };
    if (discussion.deletedAt !== null) {
      // a repeat, for those who may know of it; for others it does not exist
      if (!mayRestoreDiscussion(viewer, discussion).isAllowed)
        throw unknownId(input.discussionId, 'input.discussionId');
      if (overrulesAuthor(viewer, discussion, discussion.deletedById))
        await updateRows(tx, 'discussion', { id: discussionId }, deletion);
      return { discussionId };
    }
    const others = await tx.all(othersComments, [[discussionId]]);
    // rule
    enforce(mayDeleteDiscussion(viewer, discussion, others.length > 0), 'input.discussionId');
    if (input.isOnlyIfEmpty && discussion.commentCount > 0)
      throw conflict('The discussion has comments.', 'input.isOnlyIfEmpty');
    // change
    await updateRows(tx, 'discussion', { id: discussionId }, deletion);
    await deleteRows(tx, 'pin', { discussionId });
    await discussionDeletedOrRestored.emit(tx, discussion);
    return { discussionId };
  });
}

/** Restores a deleted discussion without its pin. Returns the row's id. */
export async function restoreDiscussion(
  ctx: Context,
  input: RestoreDiscussionInput,
): Promise<{ discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const discussionId = requiredRowId('Discussion', input.discussionId, 'input.discussionId');

  return write(ctx, 'restoreDiscussion', input, async (tx) => {
    // load
    const discussion = await lockUnmerged(tx, discussionId);
    // rule: who may not restore a deleted discussion may not know of it
    const verdict = mayRestoreDiscussion(viewer, discussion);
    if (discussion.deletedAt !== null && !verdict.isAllowed)
      throw unknownId(input.discussionId, 'input.discussionId');
    enforce(verdict, 'input.discussionId');
    // change
    if (discussion.deletedAt === null) return { discussionId };
    const set = { deletedAt: null, deletedById: null, deletionReason: null };
    await updateRows(tx, 'discussion', { id: discussionId }, set);
    await discussionTitled.emit(tx, { discussionId, titleKey: discussion.titleKey });
    await discussionDeletedOrRestored.emit(tx, discussion);
    return { discussionId };
  });
}

/** The discussion, deleted or not, with its row locked. A merged one is not restored: see `unmergeDiscussions`. */
async function lockUnmerged(tx: Transaction, id: string): Promise<LockedDiscussion> {
  const field = 'input.discussionId';
  const discussion = await lockAnyDiscussionForUpdate(tx, id);
  if (discussion && discussion.mergedIntoId === null) return discussion;
  throw (
    (discussion && (await mergedAway(tx, discussion, field))) ?? unknownId(globalId('Discussion', id), field)
  );
}
