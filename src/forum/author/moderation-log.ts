import type { Context } from '../../access/context.ts';
import { insertRow, type Transaction } from '../../store/index.ts';

/** Who did it, and when. */
export interface ModerationBy {
  /** Null: the claims of an external identity did it. */
  readonly actorId: string | null;
  readonly at: Date;
  readonly newId: (at: Date) => string;
}

interface Moderated {
  readonly action:
    | 'REDACT_DISCUSSION_REVISION'
    | 'REDACT_COMMENT_REVISION'
    | 'CLEAR_OFFICIAL'
    | 'RELEASE_EXTERNAL_ID'
    | 'MERGE_DISCUSSION'
    | 'UNMERGE_DISCUSSION'
    | 'SPLIT_DISCUSSION';
  readonly discussionId: string;
  /** A comment of the discussion. */
  readonly commentId?: string | null;
  readonly revision?: number;
  /** The reason that was given, the key that was released, or the row id of the other discussion. */
  readonly detail?: string | null;
  /** Of a merge, its undo and a split: whether the discussion is the source. */
  readonly isSource?: boolean;
}

/** The viewer of a request, as the one who moderates. */
export function moderationBy(ctx: Context): ModerationBy {
  return { actorId: ctx.viewer?.id ?? null, at: ctx.now(), newId: ctx.newId };
}

/** Adds a line to the moderation log, in the transaction that it tells of. */
export async function recordModeration(
  tx: Transaction,
  { actorId, at, newId }: ModerationBy,
  what: Moderated,
): Promise<void> {
  await insertRow(tx, 'moderation_event', { ...what, id: newId(at), createdAt: at, actorId });
}

/** Adds a merge, its undo or a split to the logs of both discussions. The comment is one of the destination. */
export async function recordSides(
  tx: Transaction,
  by: ModerationBy,
  what: {
    readonly action: Moderated['action'] & `${'MERGE' | 'UNMERGE' | 'SPLIT'}_DISCUSSION`;
    readonly sourceId: string;
    readonly destinationId: string;
    readonly commentId?: string;
  },
): Promise<void> {
  const { action, sourceId, destinationId, commentId = null } = what;
  const source = { discussionId: sourceId, detail: destinationId, isSource: true };
  await recordModeration(tx, by, { action, ...source });
  const destination = { discussionId: destinationId, detail: sourceId, isSource: false };
  await recordModeration(tx, by, { action, ...destination, commentId });
}
