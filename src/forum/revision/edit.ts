// What every edit of a text has in common.
import type { Context } from '../../access/context.ts';
import { conflict } from '../../access/errors.ts';

/** A text that can be edited: how often it was, and when it got what it says. */
interface Edited {
  readonly revision: number;
  readonly createdAt: number;
  readonly lastEditedAt: number | null;
}

/** Throws CONFLICT where somebody has edited a taken text since the client saw it; absent: it does not mind. */
export function checkSeen(seen: number | null | undefined, { revision }: Pick<Edited, 'revision'>): void {
  if (typeof seen !== 'number' || seen === revision) return;
  throw conflict(
    `This text has been edited: you saw revision ${seen}, and the current one is ${revision}.`,
    'input.revision',
  );
}

/** When an edit is made: a clock that was set back must not make it older than what it edits. */
export function editTime(ctx: Context, { createdAt, lastEditedAt }: Edited): Date {
  return new Date(Math.max(ctx.now().getTime(), lastEditedAt ?? createdAt));
}
