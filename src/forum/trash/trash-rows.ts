import type { Context } from '../../access/context.ts';
import type { PageSource } from '../../graphql/connections/page.ts';
import { loader, rowsInOrder } from '../../graphql/loader.ts';
import { selectedFor, selecting, type Texts } from '../../graphql/selected-columns.ts';
import { mayRestoreComment } from '../comment/index.ts';
import { loadDiscussion, mayRestoreDiscussion } from '../discussion/index.ts';

interface Deleted extends Texts {
  readonly id: string;
  readonly authorId: string | null;
  readonly createdAt: number;
  readonly deletedAt: number;
  readonly deletedById: string | null;
  readonly deletionReason: string | null;
}

export interface DeletedDiscussionRow extends Deleted {
  readonly slug: string;
  readonly title: string;
  readonly categoryId: string | null;
  readonly productId: string | null;
  readonly lockedAt: number | null;
  readonly commentCount: number;
}

export interface DeletedCommentRow extends Deleted {
  readonly discussionId: string;
}

const COLUMNS = [
  'id',
  'body',
  'bodyHtml',
  'bodyText',
  'authorId',
  'createdAt',
  'deletedAt',
  'deletedById',
  'deletionReason',
] as const;

const textsOf = (type: string) => ({
  body: [`${type}.body`],
  bodyHtml: [`${type}.bodyHTML`],
  bodyText: [`${type}.bodyText`],
});

export const deletedDiscussions: PageSource<DeletedDiscussionRow> = {
  name: 'deleted discussion',
  table: 'discussion',
  columns: [...COLUMNS, 'slug', 'title', 'categoryId', 'productId', 'lockedAt', 'commentCount'],
  texts: textsOf('DeletedDiscussion'),
  listed: 't.deleted_at IS NOT NULL AND t.merged_into_id IS NULL',
  listedBy: { columns: ['deleted_at', 'merged_into_id'] },
};

/** Those of deleted discussions are restored with the discussion. */
export const deletedComments: PageSource<DeletedCommentRow> = {
  name: 'deleted comment',
  table: 'comment',
  columns: [...COLUMNS, 'discussionId'],
  texts: textsOf('DeletedComment'),
  listed: `t.deleted_at IS NOT NULL
    AND EXISTS (SELECT 1 FROM discussion d WHERE d.id = t.discussion_id AND d.deleted_at IS NULL)`,
  listedBy: {
    columns: ['deleted_at', 'discussion_id'],
    reads: [{ table: 'discussion', columns: ['deleted_at'] }],
  },
};

const discussionsBy = (column: 'id' | 'slug') =>
  selecting<DeletedDiscussionRow>(
    (columns, d) =>
      `SELECT ${columns} FROM ${d.foundBy('discussion', column)} AND ${deletedDiscussions.listed}`,
    { table: 'discussion', by: [column] },
  );
const discussionsByKey = { id: discussionsBy('id'), slug: discussionsBy('slug') };
const commentsByIds = selecting<DeletedCommentRow>(
  (columns, d) => `SELECT ${columns} FROM ${d.foundBy('comment', 'id')} AND ${deletedComments.listed}`,
  { table: 'comment', by: ['id'] },
  { table: 'discussion', columns: ['deleted_at'] },
);

/** Longer ones are not looked up: a request can contain many. */
const SLUG_UNITS_MAX = 300;

/** A deleted discussion by its row id. Null if there is none that the viewer may restore. */
export function loadDeletedDiscussion(ctx: Context, id: string): Promise<DeletedDiscussionRow | null> {
  return findDeletedDiscussion(ctx, 'id', id);
}

/** A deleted discussion by its slug. Null if there is none that the viewer may restore. */
export function loadDeletedDiscussionBySlug(
  ctx: Context,
  slug: string,
): Promise<DeletedDiscussionRow | null> {
  return slug.length > SLUG_UNITS_MAX ? Promise.resolve(null) : findDeletedDiscussion(ctx, 'slug', slug);
}

async function findDeletedDiscussion(
  ctx: Context,
  by: 'id' | 'slug',
  key: string,
): Promise<DeletedDiscussionRow | null> {
  if (!ctx.viewer) return null;
  const row = await loader<DeletedDiscussionRow | null>(ctx, `trash.discussion.${by}`, ({ db }, keys) =>
    rowsInOrder(
      keys,
      db.read.all(discussionsByKey[by](selectedFor(ctx, deletedDiscussions)), [keys]),
      (one) => one[by],
    ),
  ).load(key);
  return row && mayRestoreDiscussion(ctx.viewer, { ...row, mergedIntoId: null }).isAllowed ? row : null;
}

/** A deleted comment. Null if there is none that the viewer may restore. */
export async function loadDeletedComment(ctx: Context, id: string): Promise<DeletedCommentRow | null> {
  if (!ctx.viewer) return null;
  const row = await loader<DeletedCommentRow | null>(ctx, 'trash.comment', ({ db }, ids) =>
    rowsInOrder(ids, db.read.all(commentsByIds(selectedFor(ctx, deletedComments)), [ids]), (one) => one.id),
  ).load(id);
  const discussion = row && (await loadDiscussion(ctx, row.discussionId));
  return discussion && mayRestoreComment(ctx.viewer, row, discussion).isAllowed ? row : null;
}
