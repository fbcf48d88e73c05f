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

/** Asks a question. Answers the row's id. */
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

/** Finds the discussion with the host's key, or asks the question under it. Answers the row's id, and which it was. */
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
    const found = await standing(tx, draft);
    if (found !== null) return { discussionId: found, isNew: false };
    return make(ctx, tx, viewer, draft);
  });
}

/** Of several that make it at once all but the first wait for its row, and then find it. */
async function make(
  ctx: Context,
  tx: Transaction,
  viewer: Viewer,
  draft: Draft,
): Promise<{ discussionId: string; isNew: boolean }> {
  const made = await insertDiscussion(ctx, tx, viewer.id, draft);
  if (made !== null) return { discussionId: made, isNew: true };
  const found = await standing(tx, draft);
  if (found === null) throw externalIdTaken();
  return { discussionId: found, isNew: false };
}

/** A deleted one keeps its key: the next visitor of the host's page must not undo what a moderator did. */
async function standing(tx: Transaction, { externalId }: Draft): Promise<string | null> {
  const holder = externalId === null ? null : await holderOf(tx, externalId);
  if (holder === null) return null;
  if (holder.deletedAt !== null) throw externalIdTaken();
  return holder.id;
}
