import type { Database } from 'better-sqlite3';
import type { Variables } from '../queries.ts';
import { AUTHOR, type AuthorColumns, author, discussionUrl, time, type VotedColumns } from './present.ts';

interface DiscussionRow extends VotedColumns, AuthorColumns {
  readonly slug: string;
  readonly title: string;
  readonly body_html: string;
  readonly last_activity_at: number;
  readonly comment_count: number;
  readonly top_level_comment_count: number;
  readonly answer_id: string | null;
  readonly locked_at: number | null;
  readonly closed_at: number | null;
  readonly a_role: string | null;
  readonly k_id: string | null;
  readonly k_name: string | null;
  readonly k_slug: string | null;
  readonly p_id: string | null;
  readonly p_name: string | null;
  readonly p_slug: string | null;
}

interface RelatedRow {
  readonly title: string;
  readonly url: string;
  /** Null: the link leads elsewhere. */
  readonly slug: string | null;
  readonly created_at: number | null;
  readonly comment_count: number;
}

interface CommentRow extends VotedColumns, AuthorColumns {
  readonly depth: number;
  readonly body_html: string;
  readonly last_edited_at: number | null;
  readonly deleted_at: number | null;
  readonly is_official: 0 | 1;
  readonly is_verified_user: 0 | 1;
  readonly reply_count: number;
  readonly direct_reply_count: number;
}

const DISCUSSION = `SELECT d.id, d.slug, d.title, d.body_html, d.created_at, d.last_activity_at, d.upvote_count,
  d.downvote_count, d.net_upvotes, d.comment_count, d.top_level_comment_count, d.answer_id, d.locked_at, d.closed_at,
  ${AUTHOR}, a.role a_role, k.id k_id, k.name k_name, k.slug k_slug, p.id p_id, p.name p_name, p.slug p_slug
  FROM discussion d
  LEFT JOIN author a ON a.id = d.author_id
  LEFT JOIN category k ON k.id = d.category_id
  LEFT JOIN product p ON p.id = d.product_id
  WHERE d.id = ? AND d.deleted_at IS NULL`;

const RELATED = `SELECT coalesce(d.title, r.title) title, r.url, d.slug,
  coalesce(d.created_at, r.created_at) created_at, coalesce(d.comment_count, r.imported_comment_count) comment_count
  FROM related_link r LEFT JOIN discussion d ON d.id = r.target_id AND d.deleted_at IS NULL
  WHERE r.discussion_id = ? ORDER BY r.position, r.id LIMIT 5`;

const COMMENT = `c.id, c.depth, c.body_html, c.created_at, c.last_edited_at, c.deleted_at, c.is_official,
  c.is_verified_user, c.upvote_count, c.downvote_count, c.net_upvotes, c.reply_count, c.direct_reply_count, ${AUTHOR}
  FROM comment c LEFT JOIN author a ON a.id = c.author_id`;

const LISTED = '(c.deleted_at IS NULL OR c.reply_count > 0)';

const BEST_COMMENTS = `SELECT ${COMMENT}
  WHERE c.discussion_id = ? AND c.reply_to_id IS NULL AND ${LISTED}
  ORDER BY c.best_score DESC, c.id DESC LIMIT 20`;

const FIRST_REPLIES = `SELECT ${COMMENT}
  WHERE c.reply_to_id = ? AND ${LISTED}
  ORDER BY c.created_at, c.id LIMIT 3`;

/** Answers the thread page by hand, with four kinds of prepared statements. Takes the discussion's `id`. */
export function threadPage(db: Database): (variables: Variables) => unknown {
  const discussionById = db.prepare<string, DiscussionRow>(DISCUSSION);
  const relatedOf = db.prepare<string, RelatedRow>(RELATED);
  const bestOf = db.prepare<string, CommentRow>(BEST_COMMENTS);
  const repliesTo = db.prepare<string, CommentRow>(FIRST_REPLIES);
  const withReplies = (row: CommentRow) => ({
    ...said(row),
    replyCount: row.reply_count,
    replies: {
      totalCount: row.direct_reply_count,
      nodes: row.direct_reply_count === 0 ? [] : repliesTo.all(row.id).map(said),
    },
  });
  return (variables) => {
    const id = (variables.id ?? '').slice(2);
    const row = discussionById.get(id);
    if (!row) return null;
    const comments = bestOf.all(id);
    return {
      discussion: {
        ...head(row),
        relatedDiscussions: relatedOf.all(id).map(related),
        comments: { totalCount: row.top_level_comment_count, nodes: comments.map(withReplies) },
      },
    };
  };
}

function head(row: DiscussionRow) {
  const by = author(row);
  return {
    id: `D_${row.id}`,
    slug: row.slug,
    url: discussionUrl(row.slug),
    title: row.title,
    bodyHTML: row.body_html,
    createdAt: time(row.created_at),
    lastActivityAt: time(row.last_activity_at),
    upvoteCount: row.upvote_count,
    downvoteCount: row.downvote_count,
    netUpvotes: row.net_upvotes,
    commentCount: row.comment_count,
    isAnswered: row.answer_id !== null,
    locked: row.locked_at !== null,
    closed: row.closed_at !== null,
    author: by && { ...by, role: row.a_role },
    category: row.k_id === null ? null : { id: `K_${row.k_id}`, name: row.k_name, slug: row.k_slug },
    product: row.p_id === null ? null : { id: `P_${row.p_id}`, name: row.p_name, slug: row.p_slug },
  };
}

function related(row: RelatedRow) {
  return {
    title: row.title,
    url: row.slug === null ? row.url : discussionUrl(row.slug),
    createdAt: row.created_at === null ? null : time(row.created_at),
    commentCount: row.comment_count,
  };
}

function said(row: CommentRow) {
  const isDeleted = row.deleted_at !== null;
  return {
    id: `C_${row.id}`,
    depth: row.depth,
    bodyHTML: isDeleted ? '' : row.body_html,
    createdAt: time(row.created_at),
    lastEditedAt: row.last_edited_at === null ? null : time(row.last_edited_at),
    isDeleted,
    isOfficial: row.is_official === 1,
    isVerifiedUser: row.is_verified_user === 1,
    upvoteCount: row.upvote_count,
    downvoteCount: row.downvote_count,
    netUpvotes: row.net_upvotes,
    author: isDeleted ? null : author(row),
  };
}
