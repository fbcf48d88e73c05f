// The states of discussions: merged, pinned, locked, closed.
import type { PinRow } from '../forum/discussion/index.ts';
import { compact, type ExportScope, isoTime } from './export-rows.ts';
import type { DiscussionRecord } from './records.ts';

/** The columns of a discussion's states. */
export interface StatesRow {
  readonly lockedAt: number | null;
  readonly lockReason: NonNullable<DiscussionRecord['lock']>['reason'];
  readonly lockedById: string | null;
  readonly closedAt: number | null;
  readonly closeReason: NonNullable<DiscussionRecord['close']>['reason'];
  readonly closedById: string | null;
  readonly mergedIntoId: string | null;
  readonly mergedCommentId: string | null;
  readonly mergedAt: number | null;
}

type States = Pick<DiscussionRecord, 'merged' | 'pin' | 'lock' | 'close'>;

function mergedOf({ mergedIntoId, mergedCommentId, mergedAt }: StatesRow): DiscussionRecord['merged'] | null {
  if (mergedIntoId === null) return null;
  const at = isoTime(mergedAt);
  return compact<NonNullable<DiscussionRecord['merged']>>({
    at,
    into: mergedIntoId,
    comment: mergedCommentId,
  });
}

/** The states of a discussion as a role sees them. A pin that has expired is history. */
export function statesOf(scope: ExportScope, row: StatesRow, pin: PinRow | undefined): States {
  const act = (at: number, by: string | null) => ({ at: isoTime(at), by });
  const isPinned =
    pin && (scope.seesDeleted || pin.expiresAt === null || pin.expiresAt > scope.nowMs) ? pin : null;
  return compact<States>({
    merged: mergedOf(row),
    pin:
      isPinned &&
      compact<NonNullable<States['pin']>>({
        ...act(isPinned.createdAt, isPinned.pinnedById),
        ...{
          label: isPinned.label,
          position: isPinned.position || null,
          expiresAt: isoTime(isPinned.expiresAt),
        },
      }),
    lock:
      row.lockedAt === null
        ? null
        : compact<NonNullable<States['lock']>>({
            ...act(row.lockedAt, row.lockedById),
            reason: row.lockReason,
          }),
    close:
      row.closedAt === null
        ? null
        : compact<NonNullable<States['close']>>({
            ...act(row.closedAt, row.closedById),
            reason: row.closeReason,
          }),
  });
}
