import type { Connection } from '../kit/connection.ts';
import type { Context } from '../kit/context.ts';
import { statement } from '../kit/db/index.ts';
import { groupedBy, loader } from '../kit/loader.ts';
import { type PageArgs, type PageRequest, pageRequest } from '../kit/page-args.ts';
import type { SortOrder } from '../kit/sort-order.ts';
import type { CommentRow } from './comment-reads.ts';

/** A state of a comment's text, the present one included. */
export interface CommentState {
  /** The comment's: for cursors. */
  readonly id: string;
  readonly revision: number;
  /** Who wrote it, and since when it was the text. */
  readonly editorId: string | null;
  readonly createdAt: number;
  readonly body: string;
  /** The text before it; empty before the first. */
  readonly before: string;
}

export type CommentStatePage = Connection<CommentState>;

const NEWEST_FIRST: SortOrder = {
  ...{ name: 'REVISION', column: 'revision', property: 'revision', kind: 'int', ascending: false },
};

/** A text that is past, and the edit that ended it. */
interface PastRow {
  readonly commentId: string;
  readonly revision: number;
  readonly editorId: string | null;
  readonly createdAt: number;
  readonly body: string;
}

/** Between two numbers, and of those only so many as reach back from the present one. */
const pastOf = statement<PastRow>(
  'comment.pastTexts',
  (d) => `SELECT r.comment_id AS "commentId", r.revision, r.editor_id AS "editorId",
    r.created_at AS "createdAt", r.body
    FROM comment_revision r JOIN comment t ON t.id = r.comment_id
    WHERE ${d.inList('r.comment_id')} AND r.revision BETWEEN ? AND ? AND r.revision >= t.revision - ?`,
);

const REVISION_MAX = 2 ** 31 - 1;

/** A page of a comment's states, the newest first; those of many comments are read together. None while it is veiled. */
export async function pageStatesOf(
  ctx: Context,
  comment: CommentRow,
  args: PageArgs,
): Promise<CommentStatePage> {
  const request = pageRequest(args, NEWEST_FIRST);
  const count = comment.deletedAt === null ? comment.revision : 0;
  const { first, last } = numbersOf(request, count);
  // state n is between the edit that made it, which row n - 1 holds, and the one that ended it, row n
  const isKnown = first > last || (count === 1 && last === 1);
  const past = isKnown ? [] : await loadPast(ctx, comment.id, rangeOf(request));
  return {
    rows: statesOf(comment, past, first, last),
    order: NEWEST_FIRST,
    hasNextPage: request.fromEnd ? request.before !== null : first > Math.max(1, lowest(request)),
    hasPreviousPage: request.fromEnd ? last < Math.min(count, highest(request)) : request.after !== null,
    totalCount: () => count,
  };
}

const highest = ({ after }: PageRequest) => (after ? Number(after.key) - 1 : REVISION_MAX);
const lowest = ({ before }: PageRequest) => (before ? Number(before.key) + 1 : 1);

/** States are numbered without gaps, so a page is known by its numbers: from the cursors down, or up. */
function numbersOf(request: PageRequest, count: number): { first: number; last: number } {
  const [from, to] = [Math.max(1, lowest(request)), Math.min(count, highest(request))];
  return request.fromEnd
    ? { first: from, last: Math.min(to, from + request.size - 1) }
    : { first: Math.max(from, to - request.size + 1), last: to };
}

/** The rows that a page may need, told without the comment's own number, so that all comments ask alike. */
function rangeOf(request: PageRequest): readonly number[] {
  const { size } = request;
  const [from, to] = [Math.max(1, lowest(request)), highest(request)];
  if (request.fromEnd) return [from - 1, Math.min(to, from + size - 1), REVISION_MAX];
  return request.after ? [Math.max(from, to - size + 1) - 1, to, REVISION_MAX] : [from - 1, to, size];
}

function loadPast(ctx: Context, commentId: string, range: readonly number[]): Promise<PastRow[]> {
  return loader<PastRow[]>(ctx, `comment.pastTexts ${range.join(' ')}`, async ({ db }, ids) =>
    groupedBy(ids, await db.read.all(pastOf, [ids, ...range]), (row) => row.commentId),
  ).load(commentId);
}

function statesOf(
  comment: CommentRow,
  past: readonly PastRow[],
  first: number,
  last: number,
): CommentState[] {
  const rows = new Map(past.map((row) => [row.revision, row]));
  const states: CommentState[] = [];
  for (let revision = last; revision >= first; revision--) {
    const made = rows.get(revision - 1);
    const body = revision === comment.revision ? comment.body : rows.get(revision)?.body;
    if (body === undefined || (revision > 1 && !made)) continue;
    states.push({
      ...{ id: comment.id, revision, body, before: made?.body ?? '' },
      editorId: made ? made.editorId : comment.authorId,
      createdAt: made ? made.createdAt : comment.createdAt,
    });
  }
  return states;
}
