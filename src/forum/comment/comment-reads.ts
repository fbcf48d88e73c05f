import type { Context } from '../../access/context.ts';
import { notFound } from '../../access/errors.ts';
import type { CommentOrder } from '../../generated/graphql.ts';
import type { Connection } from '../../graphql/connections/connection.ts';
import type { SortOrder } from '../../graphql/connections/cursor.ts';
import {
  countsOf,
  emptyPage,
  type Page,
  type PageSource,
  pagesOf,
  type Scope,
} from '../../graphql/connections/page.ts';
import { type PageArgs, type PageRequest, pageRequest } from '../../graphql/connections/page-args.ts';
import { chain } from '../../graphql/execution/index.ts';
import { loader, rowsInOrder } from '../../graphql/loader.ts';
import { selectedFor, selecting, type Texts } from '../../graphql/selected-columns.ts';
import { type DiscussionRow, loadDiscussion } from '../discussion/index.ts';
import { commentOrders } from './comment-orders.ts';

export interface CommentRow extends Texts {
  readonly id: string;
  readonly discussionId: string;
  readonly replyToId: string | null;
  readonly depth: number;
  readonly authorId: string | null;
  readonly createdAt: number;
  readonly createdAtIsApproximate: boolean | 0 | 1;
  readonly lastEditedAt: number | null;
  readonly revision: number;
  readonly deletedAt: number | null;
  readonly deletedById: string | null;
  readonly isOfficial: boolean | 0 | 1;
  readonly isVerifiedUser: boolean | 0 | 1;
  readonly upvoteCount: number;
  readonly downvoteCount: number;
  readonly netUpvotes: number;
  readonly replyCount: number;
  readonly directReplyCount: number;
  readonly bestScore: number;
  readonly controversyScore: number;
}

/** The fields that show the texts of a whole thread. */
const WHOLE_THREADS = [
  'Discussion.structuredData',
  'Discussion.structuredDataIssues',
  'Discussion.asMarkdown',
];

/** What every comment is read as. */
const COMMENT = {
  table: 'comment',
  columns: [
    'id',
    'discussionId',
    'replyToId',
    'depth',
    'body',
    'bodyHtml',
    'bodyText',
    'authorId',
    'createdAt',
    'createdAtIsApproximate',
    'lastEditedAt',
    'revision',
    'deletedAt',
    'deletedById',
    'isOfficial',
    'isVerifiedUser',
    'upvoteCount',
    'downvoteCount',
    'netUpvotes',
    'replyCount',
    'directReplyCount',
    'bestScore',
    'controversyScore',
  ],
  texts: {
    body: ['Comment.body', 'Comment.revisions', ...WHOLE_THREADS],
    bodyHtml: ['Comment.bodyHTML'],
    bodyText: ['Comment.bodyText', ...WHOLE_THREADS],
  },
} satisfies Partial<PageSource<CommentRow>> & { readonly columns: readonly (keyof CommentRow)[] };

/** A deleted comment stays in its thread, veiled, while it has undeleted replies. */
export const commentSource: PageSource<CommentRow> = {
  ...COMMENT,
  name: 'comment',
  listed: '(t.deleted_at IS NULL OR t.reply_count > 0)',
  listedBy: { columns: ['deleted_at', 'reply_count'] },
};

/** An author's comments that are not deleted, nor in a deleted discussion. */
const ofAuthor: PageSource<CommentRow> = {
  ...COMMENT,
  name: 'comment of author',
  listed: `t.deleted_at IS NULL
    AND EXISTS (SELECT 1 FROM discussion d WHERE d.id = t.discussion_id AND d.deleted_at IS NULL)`,
  listedBy: {
    columns: ['deleted_at', 'discussion_id'],
    reads: [{ table: 'discussion', columns: ['deleted_at'] }],
  },
};

/** What comments are listed below. */
export const PARENTS = {
  discussion: {
    source: commentSource,
    scope: {
      sql: 't.discussion_id = p.value AND t.reply_to_id IS NULL',
      by: 'discussion_id',
      columns: ['reply_to_id'],
    },
  },
  comment: { source: commentSource, scope: { sql: 't.reply_to_id = p.value', by: 'reply_to_id' } },
  author: { source: ofAuthor, scope: { sql: 't.author_id = p.value', by: 'author_id' } },
} as const satisfies Record<string, { source: PageSource<CommentRow>; scope: Scope }>;

/** A page of the comments at a discussion's top level, below a comment, or of an author. One statement reads many pages. */
export function pageCommentsOf(
  ctx: Context,
  kind: keyof typeof PARENTS,
  parentId: string,
  args: PageArgs,
  order: SortOrder,
): Promise<Page<CommentRow>> {
  const { source, scope } = PARENTS[kind];
  const request = pageRequest(args, order);
  return loader<Page<CommentRow>>(ctx, nameOf(kind, request), ({ db }, parentIds) =>
    chain(pagesOf(db, selectedFor(ctx, source), request, scope, parentIds), (pages) => {
      primeNamed(ctx, pages);
      return pages;
    }),
  ).load(parentId);
}

/** Loader names by request: a new string for each comment of a page would also be hashed again. */
const names = {
  discussion: new WeakMap<PageRequest, string>(),
  comment: new WeakMap<PageRequest, string>(),
  author: new WeakMap<PageRequest, string>(),
} as const;

function nameOf(kind: keyof typeof PARENTS, request: PageRequest): string {
  let name = names[kind].get(request);
  if (name === undefined) {
    name = `comment.pagesOf ${kind} ${request.key}`;
    names[kind].set(request, name);
  }
  return name;
}

/** The number of an author's comments. */
export function countCommentsOfAuthor(ctx: Context, authorId: string): Promise<number> {
  return loader<number>(ctx, 'comment.countsOf author', ({ db }, authorIds) =>
    countsOf(db, ofAuthor, PARENTS.author.scope, authorIds),
  ).load(authorId);
}

/** The comments at a discussion's top level, or the replies to a comment. The parent's row has the count. */
export interface ThreadList {
  readonly kind: 'discussion' | 'comment';
  readonly parentId: string;
  readonly count: number;
}

/** A page of a thread. If the count is 0, no statement runs. */
export function pageOfThread(
  ctx: Context,
  { kind, parentId, count }: ThreadList,
  args: PageArgs & { readonly orderBy: CommentOrder },
): Connection<CommentRow> | Promise<Connection<CommentRow>> {
  const order = commentOrders[args.orderBy];
  if (count === 0) return new CountedPage(emptyPage(pageRequest(args, order)), 0);
  return pageCommentsOf(ctx, kind, parentId, args, order).then((page) => new CountedPage(page, count));
}

/** A page with the count of its list. A class, because a thread's page makes one for each comment. */
export class CountedPage implements Connection<CommentRow> {
  readonly rows: readonly CommentRow[];
  readonly order: SortOrder;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly #count: number;

  constructor({ rows, order, hasNextPage, hasPreviousPage }: Page<CommentRow>, count: number) {
    this.rows = rows;
    this.order = order;
    this.hasNextPage = hasNextPage;
    this.hasPreviousPage = hasPreviousPage;
    this.#count = count;
  }

  totalCount(): number {
    return this.#count;
  }
}

const byIds = selecting<CommentRow>(
  (columns, d) => `SELECT ${columns} FROM ${d.foundBy('comment', 'id')} AND ${commentSource.listed}
    AND EXISTS (SELECT 1 FROM discussion d WHERE d.id = t.discussion_id AND d.deleted_at IS NULL)`,
  { table: 'comment', by: ['id'] },
  { table: 'discussion', columns: ['deleted_at'] },
);

const commentsById = (ctx: Context) =>
  loader<CommentRow | null>(ctx, 'comment.byId', ({ db }, ids) =>
    rowsInOrder(ids, db.read.all(byIds(selectedFor(ctx, commentSource)), [ids]), (row) => row.id),
  );

/** Puts a written comment into the loaders. Its discussion is visible. */
export function primeComment(ctx: Context, row: CommentRow): void {
  commentsById(ctx).prime(row.id, row);
  namedById(ctx).prime(row.id, row);
}

/** The comment with this row id, possibly veiled; null if there is none that the viewer may see. */
export function loadComment(ctx: Context, id: string): Promise<CommentRow | null> {
  return commentsById(ctx).load(id);
}

const namedByIds = selecting<CommentRow>(
  (columns, d) => `SELECT ${columns} FROM ${d.foundBy('comment', 'id')} AND ${commentSource.listed}`,
  { table: 'comment', by: ['id'] },
);

const namedById = (ctx: Context) =>
  loader<CommentRow | null>(ctx, 'comment.namedById', ({ db }, ids) =>
    rowsInOrder(ids, db.read.all(namedByIds(selectedFor(ctx, commentSource)), [ids]), (row) => row.id),
  );

/** Puts the rows of pages into the loader of what visible discussions and their comments refer to. */
export function primeNamed(ctx: Context, pages: readonly Page<CommentRow>[]): void {
  const comments = namedById(ctx);
  for (const { rows } of pages) comments.primeRows(rows, (row) => row.id);
}

/** The same for a comment that a visible discussion or one of its comments refers to. */
export function loadNamedComment(ctx: Context, id: string): Promise<CommentRow | null> {
  return namedById(ctx).load(id);
}

/** The comment's discussion. Throws NOT_FOUND if it was deleted during the request. */
export function discussionOf(ctx: Context, comment: CommentRow): Promise<DiscussionRow> {
  return loadDiscussion(ctx, comment.discussionId).then((discussion) => {
    if (!discussion) throw notFound('The discussion of this comment has just been deleted.');
    return discussion;
  });
}
