import type { Context } from '../../access/context.ts';
import type { Connection } from '../../graphql/connections/connection.ts';
import { type PageArgs, pageRequest } from '../../graphql/connections/page-args.ts';
import { groupedBy, inOrderOf, loader } from '../../graphql/loader.ts';
import { withTexts } from '../../graphql/text-budget.ts';
import { type Dialect, statement } from '../../store/index.ts';
import { NEWEST_REVISION_FIRST, revisionPage, revisionRowsMax, revisionsToRead } from '../revisions.ts';
import type { CommentRow } from './comment-reads.ts';

/** A revision of a comment's text, possibly the present one. */
export interface CommentRevisionRow {
  /** The row id of the edit that made it; the comment's for the first revision. */
  readonly id: string;
  readonly commentId: string;
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
  readonly id: string;
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
const EARLIER = `r.id, r.comment_id AS "commentId", r.revision, r.editor_id AS "editorId", r.created_at AS "createdAt",
  r.body, r.redacted_at AS "redactedAt"`;

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
      ...{ id: made?.id ?? comment.id, commentId: comment.id, revision, body, bodyBefore: made?.body ?? '' },
      ...{ redactedAt: replaced?.redactedAt ?? null, redactedBefore: made?.redactedAt ?? null },
      editorId: made ? made.editorId : comment.authorId,
      createdAt: made ? made.createdAt : comment.createdAt,
    });
  }
  return revisions;
}

/**
 * Two rows make revision n: row n - 1 has the text before it and the edit that made it, and row n has its text, unless it
 * is the present one. The unique key on comment and revision finds both. A deleted comment shows no revisions.
 */
const withIds = (d: Dialect, [later, first]: readonly [string, string]) => `
    SELECT ${later}
    FROM comment_revision r JOIN comment t ON t.id = r.comment_id JOIN discussion d ON d.id = t.discussion_id
      LEFT JOIN comment_revision n ON n.comment_id = r.comment_id AND n.revision = r.revision + 1
    WHERE t.deleted_at IS NULL AND d.deleted_at IS NULL AND ${d.inList('r.id')}
    UNION ALL
    SELECT ${first}
    FROM comment t JOIN discussion d ON d.id = t.discussion_id
      LEFT JOIN comment_revision n ON n.comment_id = t.id AND n.revision = 1
    WHERE t.deleted_at IS NULL AND d.deleted_at IS NULL AND ${d.inList('t.id')}`;

const SIZE = 'coalesce(octet_length(n.body), octet_length(t.body))';
const byIds = withTexts(
  statement<CommentRevisionRow>(
    'comment.revisionsByIds',
    (d) =>
      withIds(d, [
        `r.id, t.id AS "commentId", r.revision + 1 AS "revision", r.editor_id AS "editorId",
      r.created_at AS "createdAt", coalesce(n.body, t.body) AS "body", r.body AS "bodyBefore",
      n.redacted_at AS "redactedAt", r.redacted_at AS "redactedBefore"`,
        `t.id, t.id, 1, t.author_id, t.created_at, coalesce(n.body, t.body), '', n.redacted_at, NULL`,
      ]),
    { table: 'comment_revision' },
    { table: 'comment', id: 'commentId', columns: ['deleted_at'] },
    { table: 'discussion', columns: ['deleted_at'] },
  ),
  (d) => withIds(d, [`${SIZE} + octet_length(r.body) AS bytes`, SIZE]),
  ([ids]) => (ids as readonly string[]).length,
);

/** The revision with this id. Null if there is none, or if its comment or discussion is deleted. */
export function loadCommentRevision(ctx: Context, id: string): Promise<CommentRevisionRow | null> {
  return loader<CommentRevisionRow | null>(ctx, 'comment.revision', async ({ db }, ids) =>
    inOrderOf(ids, await db.read.all(byIds, [ids, ids]), (row) => row.id),
  ).load(id);
}

const madeBy = statement<{ id: string }>(
  'comment.revisionMadeBy',
  'SELECT id FROM comment_revision WHERE comment_id = ? AND revision = ?',
  { table: 'comment_revision', by: ['comment_id'] },
);

/** A comment's revision, by its number. Null if there is none, or if the comment or its discussion is deleted. */
export async function loadRevisionNumbered(
  ctx: Context,
  commentId: string,
  revision: number,
): Promise<CommentRevisionRow | null> {
  if (revision === 1) return loadCommentRevision(ctx, commentId);
  const [made] = await ctx.db.read.all(madeBy, [commentId, revision - 1]);
  return made ? loadCommentRevision(ctx, made.id) : null;
}
