import { ago } from '../forum-sources.ts';
import { SITE_URL } from '../queries.ts';

/** Columns of one type. */
export type Of<Names extends string, Type> = Readonly<Record<Names, Type>>;

/** A time as SQLite stores it, or as Prisma returns it. */
type Moment = number | Date;
type Counts = Of<'upvoteCount' | 'downvoteCount' | 'netUpvotes', number>;

export type DiscussionRow = Of<'id' | 'slug' | 'title', string> &
  Of<'createdAt' | 'lastActivityAt', Moment> &
  Of<'commentCount', number> &
  Of<'answerId', string | null> &
  Of<'lockedAt' | 'closedAt', Moment | null> &
  Counts & { readonly bodyHtml?: string };

export type CommentRow = Of<'id' | 'bodyHtml', string> &
  Of<'depth', number> &
  Of<'createdAt', Moment> &
  Of<'isOfficial' | 'isVerifiedUser', boolean | 0 | 1> &
  Of<'lastEditedAt' | 'deletedAt', Moment | null> &
  Counts;

/** `slug` is null where the link leads elsewhere. */
export type RelatedRow = Of<'title' | 'url', string> &
  Of<'slug', string | null> &
  Of<'createdAt', Moment | null> &
  Of<'commentCount', number>;

/** A select list: columns of a table, each under the name of its field. */
export const columns = (table: string, fields: string, prefix = ''): string =>
  fields
    .split(' ')
    .map((name) => `${table}.${name.replace(/[A-Z]/g, (letter) => `_${letter}`)} "${prefix}${name}"`)
    .join(', ');

const COUNTS = 'upvoteCount downvoteCount netUpvotes';
export const LISTED_DISCUSSION = columns(
  'd',
  `id slug title createdAt lastActivityAt ${COUNTS} commentCount topLevelCommentCount answerId lockedAt closedAt`,
);
export const DISCUSSION = `${LISTED_DISCUSSION}, d.body_html "bodyHtml"`;
export const COMMENT = columns(
  'c',
  `id depth bodyHtml createdAt lastEditedAt deletedAt isOfficial isVerifiedUser ${COUNTS} replyCount directReplyCount`,
);
export const RELATED = `SELECT coalesce(d.title, r.title) title, r.url, d.slug,
  coalesce(d.created_at, r.created_at) "createdAt", coalesce(d.comment_count, r.imported_comment_count) "commentCount"
  FROM related_link r LEFT JOIN discussion d ON d.id = r.target_id AND d.deleted_at IS NULL
  WHERE r.discussion_id = ? ORDER BY r.position, r.id LIMIT 5`;
/** Comments that lists show: a deleted one stands while there are replies below it. */
export const LISTED = '(c.deleted_at IS NULL OR c.reply_count > 0)';

/** A time as ISO 8601. */
export const time = (at: Moment) => new Date(at).toISOString();
const timeOrNull = (at: Moment | null) => (at === null ? null : time(at));
const discussionUrl = (slug: string) => `${SITE_URL}/discussions/${slug}`;
const counts = ({ upvoteCount, downvoteCount, netUpvotes }: Counts) => ({
  upvoteCount,
  downvoteCount,
  netUpvotes,
});

/** What the list page shows of a discussion, without what other rows say of it. */
export const listed = (row: DiscussionRow) => ({
  id: `D_${row.id}`,
  url: discussionUrl(row.slug),
  title: row.title,
  createdAt: time(row.createdAt),
  lastActivityAt: time(row.lastActivityAt),
  ...counts(row),
  commentCount: row.commentCount,
  isAnswered: row.answerId !== null,
});

/** The same of the thread page. */
export const discussion = (row: DiscussionRow) => ({
  id: `D_${row.id}`,
  slug: row.slug,
  url: discussionUrl(row.slug),
  title: row.title,
  bodyHTML: row.bodyHtml,
  createdAt: time(row.createdAt),
  createdAgo: ago(row.createdAt, Date.now()),
  lastActivityAt: time(row.lastActivityAt),
  ...counts(row),
  commentCount: row.commentCount,
  isAnswered: row.answerId !== null,
  locked: row.lockedAt !== null,
  closed: row.closedAt !== null,
});

/** The same of a comment. */
export const comment = (row: CommentRow) => ({
  id: `C_${row.id}`,
  depth: row.depth,
  bodyHTML: row.deletedAt === null ? row.bodyHtml : '',
  createdAt: time(row.createdAt),
  createdAgo: ago(row.createdAt, Date.now()),
  lastEditedAt: timeOrNull(row.lastEditedAt),
  isDeleted: row.deletedAt !== null,
  isOfficial: Boolean(row.isOfficial),
  isVerifiedUser: Boolean(row.isVerifiedUser),
  ...counts(row),
});

export const related = (row: RelatedRow) => ({
  title: row.title,
  url: row.slug === null ? row.url : discussionUrl(row.slug),
  createdAt: timeOrNull(row.createdAt),
  commentCount: row.commentCount,
});
