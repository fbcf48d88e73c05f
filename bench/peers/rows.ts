import { discussionUrl, time } from '../floor/present.ts';

/** Rows as the loaders read them, and the objects that the schema's fields are read from. */
export interface AuthorRow {
  readonly id: string;
  readonly name: string | null;
  readonly title: string | null;
  readonly company: string | null;
  readonly avatarUrl: string | null;
  readonly role: string;
}

export interface NamedRow {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
}

interface VotedRow {
  readonly id: string;
  readonly authorId: string | null;
  readonly createdAt: number;
  readonly bodyHTML: string;
  readonly upvoteCount: number;
  readonly downvoteCount: number;
  readonly netUpvotes: number;
}

export interface DiscussionRow extends VotedRow {
  readonly slug: string;
  readonly title: string;
  readonly lastActivityAt: number;
  readonly commentCount: number;
  readonly topLevelCount: number;
  readonly lastCommentId: string | null;
  readonly answerId: string | null;
  readonly lockedAt: number | null;
  readonly closedAt: number | null;
  readonly categoryId: string | null;
  readonly productId: string | null;
}

export interface CommentRow extends VotedRow {
  readonly depth: number;
  readonly lastEditedAt: number | null;
  readonly deletedAt: number | null;
  readonly official: 0 | 1;
  readonly verified: 0 | 1;
  readonly replyCount: number;
  readonly directReplyCount: number;
}

export interface RelatedRow {
  readonly title: string;
  readonly url: string;
  readonly slug: string | null;
  readonly createdAt: number | null;
  readonly commentCount: number;
}

export const AUTHOR = 'id, name, title, company, avatar_url avatarUrl, role';

const VOTED = `t.id, t.author_id authorId, t.created_at createdAt, t.body_html bodyHTML, t.upvote_count upvoteCount,
  t.downvote_count downvoteCount, t.net_upvotes netUpvotes`;

export const DISCUSSION = `${VOTED}, t.slug, t.title, t.last_activity_at lastActivityAt, t.comment_count commentCount,
  t.top_level_comment_count topLevelCount, t.last_comment_id lastCommentId, t.answer_id answerId,
  t.locked_at lockedAt, t.closed_at closedAt, t.category_id categoryId, t.product_id productId`;

export const COMMENT = `${VOTED}, t.depth, t.last_edited_at lastEditedAt, t.deleted_at deletedAt,
  t.is_official official, t.is_verified_user verified, t.reply_count replyCount,
  t.direct_reply_count directReplyCount`;

export const RELATED = `coalesce(d.title, r.title) title, r.url, d.slug, coalesce(d.created_at, r.created_at) createdAt,
  coalesce(d.comment_count, r.imported_comment_count) commentCount`;

export function author(row: AuthorRow) {
  return { ...row, id: `A_${row.id}` };
}

/** With the row ids that its relations are found by. */
export function discussion(row: DiscussionRow) {
  return {
    ...row,
    __typename: 'Discussion',
    rowId: row.id,
    id: `D_${row.id}`,
    url: discussionUrl(row.slug),
    createdAt: time(row.createdAt),
    lastActivityAt: time(row.lastActivityAt),
    isAnswered: row.answerId !== null,
    locked: row.lockedAt !== null,
    closed: row.closedAt !== null,
  };
}

export function comment(row: CommentRow) {
  const isDeleted = row.deletedAt !== null;
  return {
    ...row,
    __typename: 'Comment',
    rowId: row.id,
    id: `C_${row.id}`,
    authorId: isDeleted ? null : row.authorId,
    bodyHTML: isDeleted ? '' : row.bodyHTML,
    createdAt: time(row.createdAt),
    lastEditedAt: row.lastEditedAt === null ? null : time(row.lastEditedAt),
    isDeleted,
    isOfficial: row.official === 1,
    isVerifiedUser: row.verified === 1,
  };
}

export function related(row: RelatedRow) {
  return {
    title: row.title,
    url: row.slug === null ? row.url : discussionUrl(row.slug),
    createdAt: row.createdAt === null ? null : time(row.createdAt),
    commentCount: row.commentCount,
  };
}

export type Discussion = ReturnType<typeof discussion>;
export type Comment = ReturnType<typeof comment>;
