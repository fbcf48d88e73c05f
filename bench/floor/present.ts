import { utc } from '@date-fns/utc';
import { formatDistance } from 'date-fns';
import { SITE_URL } from '../queries.ts';

/** Columns of one type. */
export type Of<Names extends string, Type> = Readonly<Record<Names, Type>>;

type Counts = 'upvote_count' | 'downvote_count' | 'net_upvotes';

export type DiscussionRow = Of<'id' | 'slug' | 'title' | 'body_html', string> &
  Of<'created_at' | 'last_activity_at' | 'comment_count' | 'top_level_comment_count' | Counts, number> &
  Of<'answer_id', string | null> &
  Of<'locked_at' | 'closed_at', number | null>;

export type CommentRow = Of<'id' | 'body_html', string> &
  Of<'depth' | 'created_at' | 'reply_count' | 'direct_reply_count' | Counts, number> &
  Of<'is_official' | 'is_verified_user', 0 | 1> &
  Of<'last_edited_at' | 'deleted_at', number | null>;

/** `slug` is null where the link leads elsewhere. */
export type RelatedRow = Of<'title' | 'url', string> &
  Of<'slug', string | null> &
  Of<'created_at', number | null> &
  Of<'comment_count', number>;

/** The select lists of these rows, and the tables behind them. */
export const DISCUSSION = `d.id, d.slug, d.title, d.body_html, d.created_at, d.last_activity_at, d.upvote_count,
  d.downvote_count, d.net_upvotes, d.comment_count, d.top_level_comment_count, d.answer_id, d.locked_at, d.closed_at`;
export const COMMENT = `c.id, c.depth, c.body_html, c.created_at, c.last_edited_at, c.deleted_at, c.is_official,
  c.is_verified_user, c.upvote_count, c.downvote_count, c.net_upvotes, c.reply_count, c.direct_reply_count`;
export const RELATED = `SELECT coalesce(d.title, r.title) title, r.url, d.slug,
  coalesce(d.created_at, r.created_at) created_at, coalesce(d.comment_count, r.imported_comment_count) comment_count
  FROM related_link r LEFT JOIN discussion d ON d.id = r.target_id AND d.deleted_at IS NULL
  WHERE r.discussion_id = ? ORDER BY r.position, r.id LIMIT 5`;
/** Comments that lists show: a deleted one stands while there are replies below it. */
export const LISTED = '(c.deleted_at IS NULL OR c.reply_count > 0)';

/** Milliseconds since 1970 as ISO 8601. */
export const time = (ms: number) => new Date(ms).toISOString();
const timeOrNull = (ms: number | null) => (ms === null ? null : time(ms));
/** How long ago something was, by the package that most would take. */
export const ago = (at: Date | number) => `${formatDistance(at, Date.now(), { in: utc })} ago`;
export const discussionUrl = (slug: string) => `${SITE_URL}/discussions/${slug}`;

const votes = (row: Of<Counts, number>) => ({
  upvoteCount: row.upvote_count,
  downvoteCount: row.downvote_count,
  netUpvotes: row.net_upvotes,
});

/** A discussion as the thread page shows it, without what other rows say of it. */
export const discussion = (row: DiscussionRow) => ({
  id: `D_${row.id}`,
  slug: row.slug,
  url: discussionUrl(row.slug),
  title: row.title,
  bodyHTML: row.body_html,
  createdAt: time(row.created_at),
  createdAgo: ago(row.created_at),
  lastActivityAt: time(row.last_activity_at),
  ...votes(row),
  commentCount: row.comment_count,
  isAnswered: row.answer_id !== null,
  isLocked: row.locked_at !== null,
  isClosed: row.closed_at !== null,
});

/** The same of a comment. */
export const comment = (row: CommentRow) => ({
  id: `C_${row.id}`,
  depth: row.depth,
  bodyHTML: row.deleted_at === null ? row.body_html : '',
  createdAt: time(row.created_at),
  createdAgo: ago(row.created_at),
  lastEditedAt: timeOrNull(row.last_edited_at),
  isDeleted: row.deleted_at !== null,
  isOfficial: row.is_official === 1,
  isVerifiedUser: row.is_verified_user === 1,
  ...votes(row),
});

export const related = (row: RelatedRow) => ({
  title: row.title,
  url: row.slug === null ? row.url : discussionUrl(row.slug),
  createdAt: timeOrNull(row.created_at),
  commentCount: row.comment_count,
});

/** What the list page shows of a discussion. */
export const listed = (row: Omit<DiscussionRow, 'body_html'>) => ({
  id: `D_${row.id}`,
  url: discussionUrl(row.slug),
  title: row.title,
  createdAt: time(row.created_at),
  lastActivityAt: time(row.last_activity_at),
  ...votes(row),
  commentCount: row.comment_count,
  isAnswered: row.answer_id !== null,
});
