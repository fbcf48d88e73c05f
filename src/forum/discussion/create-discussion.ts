import type { Context } from '../../access/context.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter, type Viewer } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { CreateDiscussionInput, UpsertDiscussionInput } from '../../generated/graphql.ts';
import type { Transaction } from '../../store/index.ts';
import { mayCreateDiscussion } from './discussion-rules.ts';
import {
  type Draft,
  draftDiscussion,
  externalIdTaken,
  holderOf,
  insertDiscussion,
} from './draft-discussion.ts';

/** Creates a discussion. Returns the row's id. */
export async function createDiscussion(
  ctx: Context,
  input: CreateDiscussionInput,
): Promise<{ discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input, load
  const draft = await draftDiscussion(ctx, input);

  return write(ctx, 'createDiscussion', input, async (tx) => {
    // rule
    enforce(mayCreateDiscussion(viewer));
    // change
    const discussionId = await insertDiscussion(ctx, tx, viewer.id, draft);
    if (discussionId === null) throw externalIdTaken();
    return { discussionId };
  });
}

/** Finds the discussion with the `externalId`, or creates it. Returns the row's id, and whether it is new. */
export async function upsertDiscussion(
  ctx: Context,
  input: UpsertDiscussionInput,
): Promise<{ discussionId: string; isNew: boolean }> {
  // who
  const viewer = requireWriter(ctx);
  // input, load
  const draft = await draftDiscussion(ctx, input);

  return write(ctx, 'upsertDiscussion', input, async (tx) => {
    // rule
    enforce(mayCreateDiscussion(viewer));
    // change
    const found = await findExisting(tx, draft);
    if (found !== null) return { discussionId: found, isNew: false };
    return createOrFind(ctx, tx, viewer, draft);
  });
}

/** Of several concurrent requests, one creates the discussion; the others wait for its row and find it. */
async function createOrFind(
  ctx: Context,
  tx: Transaction,
  viewer: Viewer,
  draft: Draft,
): Promise<{ discussionId: string; isNew: boolean }> {
  const created = await insertDiscussion(ctx, tx, viewer.id, draft);
  if (created !== null) return { discussionId: created, isNew: true };
  const found = await findExisting(tx, draft);
  if (found === null) throw externalIdTaken();
  return { discussionId: found, isNew: false };
}

/** A deleted discussion keeps its `externalId`: the next visitor of the host's page must not undo a moderator's deletion. */
async function findExisting(tx: Transaction, { externalId }: Draft): Promise<string | null> {
  const holder = externalId === null ? null : await holderOf(tx, externalId);
  if (holder === null) return null;
  if (holder.deletedAt !== null) throw externalIdTaken();
  return holder.id;
}
