// The host's keys for discussions: who has one, and when a deleted discussion loses it.
import type { Context } from '../../access/context.ts';
import { conflict, type Refusal } from '../../access/errors.ts';
import { statement, type Transaction, updateRows } from '../../store/index.ts';
import { moderationBy, recordModeration } from '../author/index.ts';
import { type LockedDiscussion, lockTwoForUpdate } from './discussion-for-update.ts';
import { mayReleaseExternalId } from './discussion-rules.ts';

/** Who has an `externalId`, and the discussion that it finds: the one that `id` was merged into, or else itself. */
interface Holder extends Pick<LockedDiscussion, 'id' | 'authorId' | 'deletedAt' | 'deletedById'> {
  readonly foundId: string;
}

export const byExternalId = statement<Holder>(
  'discussion.holderOfExternalId',
  `SELECT t.id, d.id AS "foundId", d.author_id AS "authorId", d.deleted_at AS "deletedAt",
      d.deleted_by_id AS "deletedById"
    FROM discussion t JOIN discussion d ON d.id = coalesce(t.merged_into_id, t.id) WHERE t.external_id = ?`,
  { table: 'discussion' },
);

/** The refusal is the same if the discussion is deleted, so that nobody learns of it. */
export function externalIdTaken(): Refusal {
  return conflict('This `externalId` is taken.', 'input.externalId');
}

/**
 * Takes an `externalId` that finds a deleted discussion from the one that has it, if the viewer may. That one stays
 * without, also when it is restored or its merge is undone.
 */
export async function releaseExternalId(
  ctx: Context,
  tx: Transaction,
  externalId: string | null,
): Promise<void> {
  const holder = externalId === null ? null : await holderOf(tx, externalId);
  if (holder === null || holder.deletedAt === null) return;
  const [discussion, found] = await lockTwoForUpdate(tx, holder.id, holder.foundId);
  // it may have been restored, released, merged or unmerged in the meantime
  if (!discussion || discussion.externalId !== externalId || !found || found.deletedAt === null) return;
  if ((discussion.mergedIntoId ?? discussion.id) !== found.id) return;
  if (!mayReleaseExternalId(ctx.viewer, found)) return;
  await updateRows(tx, 'discussion', { id: holder.id }, { externalId: null });
  await recordModeration(tx, moderationBy(ctx), {
    ...{ action: 'RELEASE_EXTERNAL_ID', discussionId: holder.id, detail: externalId },
  });
}

/** Who has this `externalId`, deleted or not; null if nobody has. */
export async function holderOf(tx: Transaction, externalId: string): Promise<Holder | null> {
  const [holder] = await tx.all(byExternalId, [externalId]);
  return holder ?? null;
}
