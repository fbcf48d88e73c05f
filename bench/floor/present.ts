// What the floor and the peers select, and how they present it.
import { utc } from '@date-fns/utc';
import { formatDistance } from 'date-fns';
import type { Author, Comment, Discussion, RelatedLink } from '../../src/generated/sqlite/client.ts';
import { SITE_URL } from '../queries.ts';

const VOTES = 'upvoteCount downvoteCount netUpvotes';
export const AUTHOR = 'id name title company avatarUrl';
export const DISCUSSION = `id slug title createdAt lastActivityAt answerId lockedAt closedAt commentCount ${VOTES}`;
export const COMMENT = `id depth bodyHtml createdAt lastEditedAt deletedAt isOfficial isVerifiedUser ${VOTES}`;
/** What tells how many comments or replies there are to list. */
export const COUNTS = { discussion: 'topLevelCommentCount', comment: 'replyCount directReplyCount' } as const;

type Words<List extends string> = List extends `${infer Word} ${infer More}` ? Word | Words<More> : List;
/** A row of these columns as the driver returns it, or as Prisma does. */
export type Row<T, Columns extends string> = {
  readonly [K in Words<Columns> & keyof T]: T[K] extends boolean
    ? boolean | number
    : Date extends T[K]
      ? T[K] | number
      : T[K];
};
/** The same of a row that was joined: all null where there is none. */
export type Joined<Prefix extends string, T, Columns extends string> = {
  readonly [K in Words<Columns> & keyof T & string as `${Prefix}_${K}`]:
    | (Date extends T[K] ? number : T[K])
    | null;
};

export type AuthorRow = Row<Author, typeof AUTHOR>;
export type DiscussionRow = Row<Discussion, typeof DISCUSSION>;
export type CommentRow = Row<Comment, typeof COMMENT>;
/** `slug` is null where the link leads elsewhere. */
export type RelatedRow = Row<RelatedLink, 'title url createdAt'> &
  Row<Discussion, 'commentCount'> & { readonly slug: string | null };

/** A select list: columns of a table, each under the name of its field. */
export const columns = (table: string, fields: string, prefix = ''): string =>
  fields
    .split(' ')
    .map((name) => `${table}.${name.replace(/[A-Z]/g, (letter) => `_${letter}`)} "${prefix}${name}"`)
    .join(', ');

/** The same for Prisma. */
export const selected = <Fields extends string>(fields: Fields) =>
  Object.fromEntries(fields.split(' ').map((name) => [name, true])) as Record<Words<Fields>, true>;

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
const votes = ({ upvoteCount, downvoteCount, netUpvotes }: Row<Comment, typeof VOTES>) => ({
  ...{ upvoteCount, downvoteCount, netUpvotes },
});

export const author = ({ id, name, title, company, avatarUrl }: AuthorRow) => ({
  ...{ id: `A_${id}`, name, jobTitle: title, company, avatarUrl },
});

/** What the list page shows of a discussion, without what other rows say of it. */
export const listed = (row: DiscussionRow) => ({
  id: `D_${row.id}`,
  url: discussionUrl(row.slug),
  title: row.title,
  createdAt: time(row.createdAt),
  lastActivityAt: time(row.lastActivityAt),
  ...votes(row),
  commentCount: row.commentCount,
  isAnswered: row.answerId !== null,
});

/** The same of the thread page. */
export const discussion = (row: DiscussionRow & { readonly bodyHtml: string }) => ({
  ...listed(row),
  slug: row.slug,
  bodyHTML: row.bodyHtml,
  createdAgo: ago(row.createdAt),
  isLocked: row.lockedAt !== null,
  isClosed: row.closedAt !== null,
});

/** The same of a comment. */
export const comment = (row: CommentRow) => ({
  ...{ id: `C_${row.id}`, depth: row.depth, bodyHTML: row.deletedAt === null ? row.bodyHtml : '' },
  createdAt: time(row.createdAt),
  createdAgo: ago(row.createdAt),
  lastEditedAt: timeOrNull(row.lastEditedAt),
  isDeleted: row.deletedAt !== null,
  isOfficial: Boolean(row.isOfficial),
  isVerifiedUser: Boolean(row.isVerifiedUser),
  ...votes(row),
});

export const related = ({ title, url, slug, createdAt, commentCount }: RelatedRow) => ({
  ...{
    title,
    url: slug === null ? url : discussionUrl(slug),
    createdAt: timeOrNull(createdAt),
    commentCount,
  },
});
