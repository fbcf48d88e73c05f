import type { Context } from '../../access/context.ts';
import type { Connection } from '../../graphql/connections/connection.ts';
import { type PageArgs, pageRequest } from '../../graphql/connections/page-args.ts';
import { groupedBy, loader } from '../../graphql/loader.ts';
import { withTexts } from '../../graphql/text-budget.ts';
import { type Dialect, statement } from '../../store/index.ts';
import { NEWEST_REVISION_FIRST, revisionPage, revisionRowsMax, revisionsToRead } from '../revisions.ts';
import type { CommentRow } from './comment-reads.ts';

/** A revision of a comment's text, possibly the present one. */
export interface CommentRevisionRow {
  /** The comment's row id, for cursors. */
  readonly id: string;
  readonly revision: number;
  /** Who wrote it, and when. */
  readonly editorId: string | null;
  readonly createdAt: number;
  readonly body: string;
  /** The text of the revision before; empty for the first. */
  readonly bodyBefore: string;
  /** When a moderator redacted it, and the revision before. */
  readonly redactedAt: number | null;
  readonly redactedBefore: number | null;
}

type CommentRevisionPage = Connection<CommentRevisionRow>;

/** The text of an earlier revision, and the edit that replaced it. */
interface EarlierRow {
  readonly commentId: string;
  readonly revision: number;
  readonly editorId: string | null;
  readonly createdAt: number;
  readonly body: string;
  readonly redactedAt: number | null;
}

/** Earlier revisions between two numbers, and at most so many before the present one. */
const earlier = (columns: string, d: Dialect) => `SELECT ${columns}
  FROM comment_revision r JOIN comment t ON t.id = r.comment_id
  WHERE ${d.inList('r.comment_id')} AND r.revision BETWEEN ? AND ? AND r.revision >= t.revision - ?`;
const EARLIER = `r.comment_id AS "commentId", r.revision, r.editor_id AS "editorId", r.created_at AS "createdAt", r.body,
  r.redacted_at AS "redactedAt"`;

const earlierOf = withTexts(
  statement<EarlierRow>(
    'comment.earlierTexts',
    (d) => earlier(EARLIER, d),
    { table: 'comment_revision', by: ['comment_id'] },
    { table: 'comment', by: ['id'] },
  ),
  (d) => earlier('octet_length(r.body) AS bytes', d),
  ([ids = [], from = 0, to = 0, newest = 0]) => revisionRowsMax(ids, from, to, newest),
);

/** A page of a comment's revisions, newest first. One statement reads those of many comments. Empty if it is veiled. */
export async function pageRevisionsOf(
  ctx: Context,
  comment: CommentRow,
  args: PageArgs,
): Promise<CommentRevisionPage> {
  const request = pageRequest(args, NEWEST_REVISION_FIRST);
  const count = comment.deletedAt === null ? comment.revision : 0;
  const { first, last, ...neighbours } = revisionPage(request, count);
  const [from, to, newest] = revisionsToRead(request);
  // row n - 1 has the edit that made revision n, and row n the edit that replaced it
  const isKnown = first > last || (count === 1 && last === 1);
  const earlier = isKnown ? [] : await loadEarlier(ctx, comment.id, [from - 1, to, newest]);
  return {
    ...neighbours,
    rows: revisionsOf(comment, earlier, first, last),
    order: NEWEST_REVISION_FIRST,
    totalCount: () => count,
  };
}

function loadEarlier(ctx: Context, commentId: string, range: readonly number[]): Promise<EarlierRow[]> {
  return loader<EarlierRow[]>(ctx, `comment.earlierTexts ${range.join(' ')}`, async ({ db }, ids) =>
    groupedBy(ids, await db.read.all(earlierOf, [ids, ...range]), (row) => row.commentId),
  ).load(commentId);
}

function revisionsOf(
  comment: CommentRow,
  earlier: readonly EarlierRow[],
  first: number,
  last: number,
): CommentRevisionRow[] {
  const rows = new Map(earlier.map((row) => [row.revision, row]));
  const revisions: CommentRevisionRow[] = [];
  for (let revision = last; revision >= first; revision--) {
    const made = rows.get(revision - 1);
    const replaced = rows.get(revision);
    const body = revision === comment.revision ? comment.body : replaced?.body;
    if (body === undefined || (revision > 1 && !made)) continue;
    revisions.push({
      ...{ id: comment.id, revision, body, bodyBefore: made?.body ?? '' },
      ...{ redactedAt: replaced?.redactedAt ?? null, redactedBefore: made?.redactedAt ?? null },
      editorId: made ? made.editorId : comment.authorId,
      createdAt: made ? made.createdAt : comment.createdAt,
    });
  }
  return revisions;
}
