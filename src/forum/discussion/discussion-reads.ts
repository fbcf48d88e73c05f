import type { Context } from '../../access/context.ts';
import type { CloseReason, LockReason } from '../../generated/graphql.ts';
import type { PageSource } from '../../graphql/connections/page.ts';
import { loader, rowsInOrder } from '../../graphql/loader.ts';
import { selectedFor, selecting, type Texts } from '../../graphql/selected-columns.ts';
import { isOverlong, normalized } from '../../text/text-rules.ts';

export interface DiscussionRow extends Texts {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
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
  readonly duplicateOfId: string | null;
  readonly mergedIntoId: string | null;
  readonly mergedCommentId: string | null;
  readonly mergedAt: number | null;
  readonly splitFromId: string | null;
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

/** Enough for a URL, which most hosts use as a key. */
export const EXTERNAL_ID_CHARS_MAX = 255;

const COLUMNS: readonly (keyof DiscussionRow)[] = [
  'id',
  'slug',
  'title',
  'body',
  'bodyHtml',
  'bodyText',
  'authorId',
  'categoryId',
  'productId',
  'createdAt',
  'createdAtIsApproximate',
  'lastEditedAt',
  'revision',
  'externalId',
  'answeredById',
  'answerRevision',
  'lastActivityAt',
  'lockedAt',
  'lockReason',
  'lockedById',
  'closedAt',
  'closeReason',
  'closedById',
  'duplicateOfId',
  'mergedIntoId',
  'mergedCommentId',
  'mergedAt',
  'splitFromId',
  'answerId',
  'answeredAt',
  'upvoteCount',
  'downvoteCount',
  'netUpvotes',
  'commentCount',
  'topLevelCommentCount',
  'lastCommentId',
  'hotScore',
  'controversyScore',
];

/** The fields that show a discussion as one document. */
const WHOLE_DISCUSSIONS = [
  'Discussion.structuredData',
  'Discussion.structuredDataIssues',
  'Discussion.asMarkdown',
];

/** Visible discussions. Deleted ones are treated as if they did not exist. */
export const discussionSource: PageSource<DiscussionRow> = {
  name: 'discussion',
  table: 'discussion',
  columns: COLUMNS,
  texts: {
    body: ['Discussion.body', ...WHOLE_DISCUSSIONS],
    bodyHtml: ['Discussion.bodyHTML'],
    bodyText: ['Discussion.bodyText', ...WHOLE_DISCUSSIONS],
  },
  listed: 't.deleted_at IS NULL',
  listedBy: { columns: ['deleted_at'] },
};

const by = (column: string) =>
  selecting<DiscussionRow>(
    (columns, d) =>
      `SELECT ${columns} FROM ${d.foundBy('discussion', column)} AND ${discussionSource.listed}`,
    { table: 'discussion', by: [column], columns: ['deleted_at'] },
  );
const byIds = by('id');
const bySlugs = by('slug');
const byExternalIds = by('external_id');

const discussionsById = (ctx: Context) =>
  loader<DiscussionRow | null>(ctx, 'discussion.byId', ({ db }, ids) =>
    rowsInOrder(ids, db.read.all(byIds(selectedFor(ctx, discussionSource)), [ids]), (row) => row.id),
  );

/** The discussion with this row id; null if there is none that the viewer may see. */
export function loadDiscussion(ctx: Context, id: string): Promise<DiscussionRow | null> {
  return discussionsById(ctx).load(id);
}

/** Puts rows of a page or a write into the loader. */
export function primeDiscussions(ctx: Context, rows: readonly DiscussionRow[]): void {
  discussionsById(ctx).primeRows(rows, (row) => row.id);
}

/** The discussion with this slug; null if there is none that the viewer may see. */
export function loadDiscussionBySlug(ctx: Context, slug: string): Promise<DiscussionRow | null> {
  return loader<DiscussionRow | null>(ctx, 'discussion.bySlug', ({ db }, slugs) =>
    rowsInOrder(slugs, db.read.all(bySlugs(selectedFor(ctx, discussionSource)), [slugs]), (row) => row.slug),
  ).load(slug);
}

/** The discussion with this `externalId`; null if there is none that the viewer may see. */
export function loadDiscussionByExternalId(
  ctx: Context,
  externalId: string,
): null | Promise<DiscussionRow | null> {
  const key = normalizedExternalId(externalId);
  if (key === null) return null;
  return loader<DiscussionRow | null>(ctx, 'discussion.byExternalId', ({ db }, keys) =>
    rowsInOrder(
      keys,
      db.read.all(byExternalIds(selectedFor(ctx, discussionSource)), [keys]),
      (row) => row.externalId ?? '',
    ),
  ).load(key);
}

/** An `externalId` as it is stored; null if it is too long for one. */
export function normalizedExternalId(externalId: string): string | null {
  return isOverlong(externalId, EXTERNAL_ID_CHARS_MAX) ? null : normalized(externalId, EXTERNAL_ID_CHARS_MAX);
}
