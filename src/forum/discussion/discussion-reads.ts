import type { Context } from '../../access/context.ts';
import type { CloseReason, LockReason } from '../../generated/graphql.ts';
import { asked, cursorsOf, selecting } from '../../graphql/columns.ts';
import type { PageSource } from '../../graphql/connections/page.ts';
import { loader, rowsInOrder } from '../../graphql/loader.ts';
import { normalized } from '../../text/text-rules.ts';

export interface DiscussionRow {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly body: string;
  readonly bodyHtml: string;
  readonly bodyText: string;
  readonly authorId: string | null;
  readonly categoryId: string | null;
  readonly productId: string | null;
  readonly createdAt: number;
  readonly createdAtIsApproximate: boolean | 0 | 1;
  readonly lastEditedAt: number | null;
  readonly revision: number;
  readonly externalId: string | null;
  readonly lastActivityAt: number;
  readonly lockedAt: number | null;
  readonly lockReason: LockReason | null;
  readonly lockedById: string | null;
  readonly closedAt: number | null;
  readonly closeReason: CloseReason | null;
  readonly closedById: string | null;
  readonly answerId: string | null;
  readonly answeredAt: number | null;
  readonly answeredById: string | null;
  readonly answerRevision: number | null;
  readonly upvoteCount: number;
  readonly downvoteCount: number;
  readonly netUpvotes: number;
  readonly commentCount: number;
  readonly topLevelCommentCount: number;
  readonly lastCommentId: string | null;
  readonly hotScore: number;
  readonly controversyScore: number;
}

export const DISCUSSION_COLUMNS = `t.id, t.slug, t.title, t.body, t.body_html AS "bodyHtml", t.body_text AS "bodyText",
  t.author_id AS "authorId", t.category_id AS "categoryId", t.product_id AS "productId",
  t.created_at AS "createdAt", t.created_at_is_approximate AS "createdAtIsApproximate",
  t.last_edited_at AS "lastEditedAt", t.revision, t.external_id AS "externalId",
  t.answered_by_id AS "answeredById",
  t.answer_revision AS "answerRevision", t.last_activity_at AS "lastActivityAt", t.locked_at AS "lockedAt",
  t.lock_reason AS "lockReason", t.locked_by_id AS "lockedById", t.closed_at AS "closedAt",
  t.close_reason AS "closeReason", t.closed_by_id AS "closedById",
  t.answer_id AS "answerId", t.answered_at AS "answeredAt", t.upvote_count AS "upvoteCount",
  t.downvote_count AS "downvoteCount", t.net_upvotes AS "netUpvotes", t.comment_count AS "commentCount",
  t.top_level_comment_count AS "topLevelCommentCount", t.last_comment_id AS "lastCommentId",
  t.hot_score AS "hotScore", t.controversy_score AS "controversyScore"`;

/** Where rules are asked: they look at whatever rows of discussions and comments have. */
export const RULES = ['DiscussionPermissions.*', 'CommentPermissions.*', 'CommentPreview.*'];
const CURSORS = cursorsOf('DiscussionEdge');
const ANSWER = ['Discussion.answer', 'Discussion.answerRevision', 'Discussion.isAnswerChanged'];

/** Where a discussion's texts are read. */
export const TEXTS_ONLY_FOR = {
  body: 'Discussion.body',
  bodyHtml: 'Discussion.bodyHTML',
  bodyText: 'Discussion.bodyText',
};

/** Discussions that may be seen at all: deleted ones answer as if they did not exist. */
export const discussionSource: PageSource<DiscussionRow> = {
  name: 'discussion',
  table: 'discussion',
  columns: DISCUSSION_COLUMNS,
  onlyFor: {
    ...TEXTS_ONLY_FOR,
    authorId: ['Discussion.author', ...RULES],
    categoryId: ['Discussion.category', ...RULES],
    productId: ['Discussion.product', ...RULES],
    createdAtIsApproximate: 'Discussion.createdAtIsApproximate',
    lastEditedAt: ['Discussion.lastEditedAt', ...RULES],
    revision: ['Discussion.revision', 'Discussion.revisions'],
    externalId: 'Discussion.externalId',
    lastActivityAt: ['Discussion.lastActivityAt', ...CURSORS],
    lockedAt: ['Discussion.locked', 'Discussion.lockedAt', ...RULES],
    lockReason: 'Discussion.lockReason',
    lockedById: ['Discussion.lockedBy', ...RULES],
    closedAt: ['Discussion.closed', 'Discussion.closedAt', ...RULES],
    closeReason: 'Discussion.closeReason',
    closedById: ['Discussion.closedBy', ...RULES],
    answerId: [...ANSWER, 'Discussion.isAnswered', 'Comment.isAnswer', ...RULES],
    answeredAt: 'Discussion.answeredAt',
    answeredById: ['Discussion.answeredBy', ...RULES],
    answerRevision: ANSWER,
    upvoteCount: ['Discussion.upvoteCount', ...RULES],
    downvoteCount: ['Discussion.downvoteCount', ...RULES],
    netUpvotes: ['Discussion.netUpvotes', ...RULES, ...CURSORS],
    commentCount: ['Discussion.commentCount', ...RULES, ...CURSORS],
    topLevelCommentCount: ['Discussion.comments', ...RULES],
    lastCommentId: ['Discussion.lastComment', ...RULES],
    hotScore: CURSORS,
    controversyScore: CURSORS,
  },
  listed: 't.deleted_at IS NULL',
};

const by = (column: string) =>
  selecting<DiscussionRow>(
    (columns, d) =>
      `SELECT ${columns} FROM ${d.foundBy('discussion', column)} AND ${discussionSource.listed}`,
  );
const byIds = by('id');
const bySlugs = by('slug');
const byExternalIds = by('external_id');

const discussionsById = (ctx: Context) =>
  loader<DiscussionRow | null>(ctx, 'discussion.byId', ({ db }, ids) =>
    rowsInOrder(ids, db.read.all(byIds(asked(ctx, discussionSource)), [ids]), (row) => row.id),
  );

/** The discussion with this row id; null where there is none to see. */
export function loadDiscussion(ctx: Context, id: string): Promise<DiscussionRow | null> {
  return discussionsById(ctx).load(id);
}

/** Spares the loader what a page has fetched already, or a write knows. */
export function primeDiscussions(ctx: Context, rows: readonly DiscussionRow[]): void {
  discussionsById(ctx).primeRows(rows, (row) => row.id);
}

/** The discussion with this slug; null where there is none to see. */
export function loadDiscussionBySlug(ctx: Context, slug: string): Promise<DiscussionRow | null> {
  return loader<DiscussionRow | null>(ctx, 'discussion.bySlug', ({ db }, slugs) =>
    rowsInOrder(slugs, db.read.all(bySlugs(asked(ctx, discussionSource)), [slugs]), (row) => row.slug),
  ).load(slug);
}

/** The discussion with this key of the host's; null where there is none to see. */
export function loadDiscussionByExternalId(ctx: Context, externalId: string): Promise<DiscussionRow | null> {
  // whole rows: they are told apart by what is asked for
  return loader<DiscussionRow | null>(ctx, 'discussion.byExternalId', ({ db }, keys) =>
    rowsInOrder(keys, db.read.all(byExternalIds(discussionSource), [keys]), (row) => row.externalId ?? ''),
  ).load(normalized(externalId));
}
