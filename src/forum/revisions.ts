// What the revisions of discussions and of comments have in common. Revisions are numbered from 1 without gaps, so the
// numbers on a page are known before anything is read, and one statement can read the pages of many texts.

import type { Context } from '../access/context.ts';
import { conflict, outdated, type Refusal } from '../access/errors.ts';
import type { Policy } from '../access/policy.ts';
import { ALLOWED, refused, type Verdict } from '../access/verdict.ts';
import type { SortOrder } from '../graphql/connections/cursor.ts';
import type { PageRequest } from '../graphql/connections/page-args.ts';
import type { Param } from '../store/index.ts';
import { checkedName, lineRule } from '../text/text-rules.ts';

export const NEWEST_REVISION_FIRST: SortOrder = {
  name: 'REVISION',
  column: 'revision',
  property: 'revision',
  ascending: false,
  kind: 'int',
};

/** PostgreSQL's largest integer stands for no bound. */
const UNBOUNDED = 2 ** 31 - 1;

const highest = ({ after }: PageRequest) => (after ? Number(after.key) - 1 : UNBOUNDED);
const lowest = ({ before }: PageRequest) => Math.max(1, before ? Number(before.key) + 1 : 1);

/** The revisions on a page, from `first` to `last`. The page is empty if `first` is greater than `last`. */
interface RevisionPage {
  readonly first: number;
  readonly last: number;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** The page of a text that has `count` revisions. */
export function revisionPage(request: PageRequest, count: number): RevisionPage {
  const { size, fromEnd, after, before } = request;
  const [from, to] = [lowest(request), Math.min(count, highest(request))];
  if (fromEnd) {
    const last = Math.min(to, from + size - 1);
    return { first: from, last, hasNextPage: before !== null, hasPreviousPage: last < to };
  }
  const first = Math.max(from, to - size + 1);
  return { first, last: to, hasNextPage: first > from, hasPreviousPage: after !== null };
}

/**
 * The revisions that a statement for many texts reads: numbers `from` to `to`, and at most the `newest` of each text.
 * It does not depend on a text's count, so all texts of a request are read together.
 */
export function revisionsToRead(request: PageRequest): readonly [from: number, to: number, newest: number] {
  const { size, fromEnd, after } = request;
  const [from, to] = [lowest(request), highest(request)];
  if (fromEnd) return [from, Math.min(to, from + size - 1), UNBOUNDED];
  return after ? [Math.max(from, to - size + 1), to, UNBOUNDED] : [from, to, size];
}

/** The rows that a statement finds at most for these texts and what `revisionsToRead` returned. */
export function revisionRowsMax(ids: Param, from: Param, to: Param, newest: Param): number {
  // one more than the page, which has the edit or the text before
  return (ids as readonly string[]).length * (Math.min(Number(to) - Number(from), Number(newest)) + 2);
}

/** A text that can be edited. Its first revision is 1. */
interface Edited {
  readonly revision: number;
  readonly createdAt: number;
  readonly lastEditedAt: number | null;
}

/** Throws CONFLICT if a locked text has changed since the revision that an edit is based on. Omitted: it overwrites. */
export function checkRevision(
  basedOn: number | null | undefined,
  { revision }: Pick<Edited, 'revision'>,
): void {
  if (typeof basedOn !== 'number' || basedOn === revision) return;
  throw outdated(
    `This text has been edited: you saw revision ${basedOn}, and the current one is ${revision}.`,
    revision,
  );
}

/** The time of an edit: now, or that of the revision before if the clock was set back since. */
export function editTime(ctx: Context, { createdAt, lastEditedAt }: Edited): Date {
  return new Date(Math.max(ctx.now().getTime(), lastEditedAt ?? createdAt));
}

/** Whether the author of a text from `createdAt` may still edit it. */
export function withinEditWindow(
  createdAt: number,
  { editWindowMs }: Pick<Policy, 'editWindowMs'>,
  now: Date,
): Verdict {
  if (editWindowMs === null || now.getTime() - createdAt <= editWindowMs) return ALLOWED;
  const minutes = Math.round(editWindowMs / 60_000);
  return refused('FORBIDDEN', `A text can be edited only in its first ${minutes} minutes.`);
}

const REDACTION_REASON = lineRule('A reason', 200);

/** The reason for a redaction. Null if none is given. */
export function checkedRedactionReason(reason: string | null | undefined): string | null {
  return typeof reason === 'string' ? checkedName(reason, REDACTION_REASON, 'input.reason') : null;
}

/** The refusal to restore what a moderator has redacted. */
export function redacted(): Refusal {
  return conflict('A moderator has redacted this revision.', 'input.revision');
}
