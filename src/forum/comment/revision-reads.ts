import type { Context } from '../../access/context.ts';
import type { Connection } from '../../graphql/connections/connection.ts';
import { type PageArgs, pageRequest } from '../../graphql/connections/page-args.ts';
import { groupedBy, loader } from '../../graphql/execution/loader.ts';
import { statement } from '../../store/index.ts';
import { NEWEST_REVISION_FIRST, revisionPage, revisionsToRead } from '../revisions.ts';
import type { CommentRow } from './comment-reads.ts';

/** A state of a comment's text, the present one included. */
export interface CommentRevisionRow {
  /** The comment's: for cursors. */
  readonly id: string;
  readonly revision: number;
  /** Who wrote it, and since when it was the text. */
  readonly editorId: string | null;
  readonly createdAt: number;
  readonly body: string;
  /** The text before it; empty before the first. */
  readonly bodyBefore: string;
}

export type CommentRevisionPage = Connection<CommentRevisionRow>;

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

/** A page of a comment's states, the newest first; those of many comments are read together. None while it is veiled. */
export async function pageRevisionsOf(
  ctx: Context,
  comment: CommentRow,
  args: PageArgs,
): Promise<CommentRevisionPage> {
  const request = pageRequest(args, NEWEST_REVISION_FIRST);
  const count = comment.deletedAt === null ? comment.revision : 0;
  const { first, last, ...neighbours } = revisionPage(request, count);
  const [from, to, newest] = revisionsToRead(request);
  // state n is between the edit that made it, which row n - 1 holds, and the one that ended it, row n
  const isKnown = first > last || (count === 1 && last === 1);
  const past = isKnown ? [] : await loadPast(ctx, comment.id, [from - 1, to, newest]);
  return {
    ...neighbours,
    rows: statesOf(comment, past, first, last),
    order: NEWEST_REVISION_FIRST,
    totalCount: () => count,
  };
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
): CommentRevisionRow[] {
  const rows = new Map(past.map((row) => [row.revision, row]));
  const states: CommentRevisionRow[] = [];
  for (let revision = last; revision >= first; revision--) {
    const made = rows.get(revision - 1);
    const body = revision === comment.revision ? comment.body : rows.get(revision)?.body;
    if (body === undefined || (revision > 1 && !made)) continue;
    states.push({
      ...{ id: comment.id, revision, body, bodyBefore: made?.body ?? '' },
      editorId: made ? made.editorId : comment.authorId,
      createdAt: made ? made.createdAt : comment.createdAt,
    });
  }
  return states;
}
