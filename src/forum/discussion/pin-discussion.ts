import type { Context } from '../../access/context.ts';
import { badInput } from '../../access/errors.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { PinDiscussionInput, UnpinDiscussionInput } from '../../generated/graphql.ts';
import { requiredRowId } from '../../graphql/global-id.ts';
import { deleteRows, insertRow, statement, updateRows } from '../../store/index.ts';
import { checkedText } from '../../text/text-rules.ts';
import { lockDiscussionForUpdate } from './discussion-for-update.ts';
import { mayPinDiscussion, PIN_LABEL } from './discussion-rules.ts';

const pinOf = statement<{ label: string | null; position: number; expiresAt: number | null }>(
  'discussion.pinOf',
  'SELECT label, position, expires_at AS "expiresAt" FROM pin WHERE discussion_id = ?',
);

/** Pins a discussion, or replaces the settings of its pin. Returns the row's id. */
export async function pinDiscussion(
  ctx: Context,
  input: PinDiscussionInput,
): Promise<{ discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const discussionId = requiredRowId('Discussion', input.discussionId, 'input.discussionId');
  const label = typeof input.label === 'string' ? checkedText(input.label, PIN_LABEL, 'input.label') : null;
  const now = ctx.now();
  const expiresAt = input.expiresAt ?? null;
  const set = { label, position: input.position ?? 0, expiresAt };

  return write(ctx, 'pinDiscussion', input, async (tx) => {
    // load
    const discussion = await lockDiscussionForUpdate(tx, discussionId, 'input.discussionId');
    // rule
    enforce(mayPinDiscussion(viewer, discussion), 'input.discussionId');
    // checked here, so that a repeat under its idempotency key is answered even after that time
    if (expiresAt && expiresAt <= now)
      throw badInput('`expiresAt` must be in the future.', 'input.expiresAt');
    // change: the discussion's row is locked, and with it the pin
    const [pin] = await tx.all(pinOf, [discussionId]);
    if (pin && (pin.expiresAt === null || pin.expiresAt > now.getTime())) {
      const isSame =
        pin.label === label &&
        pin.position === set.position &&
        pin.expiresAt === (expiresAt?.getTime() ?? null);
      if (!isSame) await updateRows(tx, 'pin', { discussionId }, set);
    } else {
      // an expired pin is replaced by a new one with its own time
      await deleteRows(tx, 'pin', { discussionId });
      await insertRow(tx, 'pin', { discussionId, ...set, createdAt: now, pinnedById: viewer.id });
    }
    return { discussionId };
  });
}

/** Unpins a discussion. Does nothing if it is not pinned. Returns the row's id. */
export async function unpinDiscussion(
  ctx: Context,
  input: UnpinDiscussionInput,
): Promise<{ discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const discussionId = requiredRowId('Discussion', input.discussionId, 'input.discussionId');

  return write(ctx, 'unpinDiscussion', input, async (tx) => {
    // load
    const discussion = await lockDiscussionForUpdate(tx, discussionId, 'input.discussionId');
    // rule
    enforce(mayPinDiscussion(viewer, discussion), 'input.discussionId');
    // change
    await deleteRows(tx, 'pin', { discussionId });
    return { discussionId };
  });
}
