import type { Context } from '../../access/context.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter, type Viewer } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { CreateDiscussionInput, FindOrCreateDiscussionInput } from '../../generated/graphql.ts';
import type { Transaction } from '../../store/index.ts';
import { mayCreateDiscussion, mayUseExternalId } from './discussion-rules.ts';
import { discussionCreated } from './discussion-text.ts';
import { externalIdTaken, holderOf, releaseExternalId } from './external-id.ts';
import { insertDiscussion, type PreparedDiscussion, prepareDiscussion } from './insert-discussion.ts';

/** Creates a discussion. Returns the row's id. */
export async function createDiscussion(
  ctx: Context,
  input: CreateDiscussionInput,
): Promise<{ discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input, load
  const prepared = await prepareDiscussion(ctx, input);

  return write(ctx, 'createDiscussion', input, async (tx) => {
    // rule
    enforce(mayCreateDiscussion(viewer));
    enforce(mayUseExternalId(viewer, prepared.externalId, ctx.policy), 'input.externalId');
    // change
    await releaseExternalId(ctx, tx, prepared.externalId);
    const discussionId = await insertDiscussion(ctx, tx, viewer.id, prepared);
    if (discussionId === null) throw externalIdTaken();
    await discussionCreated.emit(tx, { authorId: viewer.id });
    return { discussionId };
  });
}

/** Finds the discussion with the `externalId`, or creates it. Returns the row's id, and whether it is new. */
export async function findOrCreateDiscussion(
  ctx: Context,
  input: FindOrCreateDiscussionInput,
): Promise<{ discussionId: string; isNew: boolean }> {
  // who
  const viewer = requireWriter(ctx);
  // input, load
  const prepared = await prepareDiscussion(ctx, input);

  return write(ctx, 'findOrCreateDiscussion', input, async (tx) => {
    // rule
    enforce(mayCreateDiscussion(viewer));
    const found = await findExisting(ctx, tx, prepared);
    // who finds it needs no right to the `externalId`
    if (found !== null) return { discussionId: found, isNew: false };
    enforce(mayUseExternalId(viewer, prepared.externalId, ctx.policy), 'input.externalId');
    // change
    return createOrFind(ctx, tx, viewer, prepared);
  });
}

/** Of several concurrent requests, one creates the discussion; the others wait for its row and find it. */
async function createOrFind(
  ctx: Context,
  tx: Transaction,
  viewer: Viewer,
  prepared: PreparedDiscussion,
): Promise<{ discussionId: string; isNew: boolean }> {
  const created = await insertDiscussion(ctx, tx, viewer.id, prepared);
  if (created !== null) return { discussionId: created, isNew: true };
  const found = await findExisting(ctx, tx, prepared);
  if (found === null) throw externalIdTaken();
  return { discussionId: found, isNew: false };
}

/**
 * The visible discussion with the `externalId`, or the one that it was merged into. Throws CONFLICT for a deleted one that
 * the viewer may not replace.
 */
async function findExisting(
  ctx: Context,
  tx: Transaction,
  prepared: PreparedDiscussion,
): Promise<string | null> {
  const { externalId } = prepared;
  const holder = externalId === null ? null : await holderOf(tx, externalId);
  if (holder === null) return null;
  if (holder.deletedAt === null) return holder.foundId;
  if (!mayUseExternalId(ctx.viewer, externalId, ctx.policy).isAllowed) throw externalIdTaken();
  await releaseExternalId(ctx, tx, externalId);
  const now = await holderOf(tx, externalId ?? '');
  if (now === null) return null;
  if (now.deletedAt !== null) throw externalIdTaken();
  return now.foundId; // restored in the meantime
}
