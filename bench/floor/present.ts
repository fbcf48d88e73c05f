// What the floor and the peers select, and how they present it.
import { utc } from '@date-fns/utc';
import { formatDistance } from 'date-fns';
import { SITE_URL } from '../queries.ts';

const VOTES = 'upvoteCount downvoteCount netUpvotes';
export const AUTHOR = 'id name title company avatarUrl';
export const DISCUSSION = `id slug title createdAt lastActivityAt answerId lockedAt closedAt commentCount ${VOTES}`;
export const COMMENT = `id depth bodyHtml createdAt lastEditedAt deletedAt isOfficial isVerifiedUser ${VOTES}`;
/** What tells how many comments or replies there are to list. */
export const COUNTS = { discussion: 'topLevelCommentCount', comment: 'replyCount directReplyCount' } as const;

/** A row of the driver or of Prisma. */
// biome-ignore lint/suspicious/noExplicitAny: the tests compare every answer with Parley's, which is typed
export type Row = any;

/** A select list: columns of a table, each under the name of its field. */
export const columns = (table: string, fields: string, prefix = ''): string =>
  fields
    .split(' ')
    .map((name) => `${table}.${name.replace(/[A-Z]/g, (letter) => `_${letter}`)} "${prefix}${name}"`)
    .join(', ');

/** The same for Prisma. */
export const selected = (fields: string) =>
  Object.fromEntries(fields.split(' ').map((name) => [name, true as const]));

export const RELATED = `SELECT coalesce(d.title, r.title) title, r.url, d.slug,
  coalesce(d.created_at, r.created_at) "createdAt", coalesce(d.comment_count, r.imported_comment_count) "commentCount"
  FROM related_link r LEFT JOIN discussion d ON d.id = r.target_id AND d.deleted_at IS NULL
  WHERE r.discussion_id = ? ORDER BY r.position, r.id LIMIT 5`;
/** Comments that lists show: a deleted one stands while there are replies below it. */
export const LISTED = '(c.deleted_at IS NULL OR c.reply_count > 0)';

type Moment = number | Date;
/** A time as ISO 8601. */
export const time = (at: Moment) => new Date(at).toISOString();
const timeOrNull = (at: Moment | null) => (at === null ? null : time(at));
/** How long ago something was, by the package that most would take. */
const ago = (at: Moment) => `${formatDistance(at, Date.now(), { in: utc })} ago`;
const discussionUrl = (slug: string) => `${SITE_URL}/discussions/${slug}`;
const votes = ({ upvoteCount, downvoteCount, netUpvotes }: Row) => ({
  upvoteCount,
  downvoteCount,
  netUpvotes,
});

export const author = ({ id, name, title: jobTitle, company, avatarUrl }: Row) => ({
  ...{ id: `A_${id}`, name, jobTitle, company, avatarUrl },
});

/** What the list page shows of a discussion, without what other rows say of it. */
export const listed = (row: Row) => ({
  ...{ id: `D_${row.id}`, url: discussionUrl(row.slug), title: row.title, createdAt: time(row.createdAt) },
  ...{ lastActivityAt: time(row.lastActivityAt), ...votes(row), commentCount: row.commentCount },
  isAnswered: row.answerId !== null,
});

/** The same of the thread page. */
export const discussion = (row: Row) => ({
  ...listed(row),
  ...{ slug: row.slug, bodyHTML: row.bodyHtml, createdAgo: ago(row.createdAt) },
  isLocked: row.lockedAt !== null,
  isClosed: row.closedAt !== null,
});

/** The same of a comment. */
export const comment = (row: Row) => ({
  ...{ id: `C_${row.id}`, depth: row.depth, bodyHTML: row.deletedAt === null ? row.bodyHtml : '' },
  ...{ createdAt: time(row.createdAt), createdAgo: ago(row.createdAt) },
  ...{ lastEditedAt: timeOrNull(row.lastEditedAt), isDeleted: row.deletedAt !== null },
  ...{ isOfficial: Boolean(row.isOfficial), isVerifiedUser: Boolean(row.isVerifiedUser), ...votes(row) },
});

export const related = ({ title, url, slug, createdAt: at, commentCount }: Row) => ({
  ...{ title, url: slug === null ? url : discussionUrl(slug), createdAt: timeOrNull(at), commentCount },
});
