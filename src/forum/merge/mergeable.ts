import { conflict } from '../../access/errors.ts';
import type { Transaction } from '../../store/index.ts';
import { MOVED_MAX, sizeOfThread } from '../comment/index.ts';
import { type LockedDiscussion, lockAnyDiscussionForUpdate, lockTwoForUpdate } from '../discussion/index.ts';

/** Both, locked. If the destination was merged itself, it is the discussion that it was merged into. */
export async function lockForMerge(
  tx: Transaction,
  sourceId: string,
  wantedId: string,
): Promise<{ source: LockedDiscussion | null; destination: LockedDiscussion | null }> {
  const [source, wanted] = await lockTwoForUpdate(tx, sourceId, wantedId);
  return { source, destination: wanted && (await lockLast(tx, wanted)) };
}

/** The discussion that this one was merged into, and so on. */
async function lockLast(tx: Transaction, locked: LockedDiscussion): Promise<LockedDiscussion | null> {
  if (locked.mergedIntoId === null) return locked;
  const next = await lockAnyDiscussionForUpdate(tx, locked.mergedIntoId);
  return next && lockLast(tx, next);
}

/** Throws CONFLICT unless one can be merged into the other. */
export async function checkMergeable(
  tx: Transaction,
  source: LockedDiscussion,
  destination: LockedDiscussion,
) {
  if (source.mergedIntoId !== null)
    throw conflict('This discussion was merged into another one already.', 'input.sourceId');
  if (destination.id === source.id)
    throw conflict('That discussion was merged into this one: undo that first.', 'input.destinationId');
  if (destination.duplicateOfId === source.id)
    throw conflict('That discussion is a duplicate of this one: unmark it first.', 'input.destinationId');
  if ((await sizeOfThread(tx, source.id)) > MOVED_MAX)
    throw conflict(
      `A discussion with more than ${MOVED_MAX.toLocaleString('en')} comments cannot be merged.`,
      'input.sourceId',
    );
}
