// All discussions in the order of their ids, in parts of bounded size.
import type { Context } from '../../access/context.ts';
import { chain, type MaybePromise } from '../../graphql/execution/index.ts';
import { statement } from '../../store/index.ts';
import { discussionSource } from './discussion-reads.ts';

/** A discussion in a sitemap. */
export interface SitemapRow {
  readonly id: string;
  readonly slug: string;
  /** When its page last changed, but for edits of comments. Votes don't count. */
  readonly changedAt: number;
}

/** The columns with the times at which a discussion's page changes. */
const TIMES = ['last_activity_at', 'last_edited_at', 'closed_at', 'locked_at', 'answered_at'] as const;

type Times = { readonly [Time in (typeof TIMES)[number]]: number | null };

const rowsAfter = statement<Omit<SitemapRow, 'changedAt'> & Times>(
  'discussion.sitemapRows',
  `SELECT t.id, t.slug, ${TIMES.map((time) => `t.${time}`).join(', ')} FROM discussion t
    WHERE t.id > ? AND t.id <= ? AND ${discussionSource.listed} ORDER BY t.id LIMIT ?`,
  { table: 'discussion' },
);

/** The visible discussions whose ids are after one and up to another, at most `count`. */
export function readSitemapRows(
  { db }: Pick<Context, 'db'>,
  after: string,
  upTo: string,
  count: number,
): MaybePromise<SitemapRow[]> {
  return chain(db.read.all(rowsAfter, [after, upTo, count]), (rows) =>
    rows.map(({ id, slug, ...times }) => ({ id, slug, changedAt: latest(times) })),
  );
}

/** What a number of discussions have in common. */
export interface SitemapPart {
  /** The id of the last one, deleted or not. Null if there is none. */
  readonly lastId: string | null;
  /** The number of visible ones. */
  readonly count: number;
  readonly changedAt: number;
}

const partAfter = statement<{ lastId: string | null; count: number } & Times>(
  'discussion.sitemapPart',
  `SELECT max(s.id) AS "lastId", coalesce(sum(s.listed), 0) AS "count",
      ${TIMES.map((time) => `max(s.${time}) AS ${time}`).join(', ')}
    FROM (SELECT t.id, CASE WHEN ${discussionSource.listed} THEN 1 ELSE 0 END AS listed,
        ${TIMES.map((time) => `CASE WHEN ${discussionSource.listed} THEN t.${time} END AS ${time}`).join(', ')}
      FROM discussion t WHERE t.id > ? ORDER BY t.id LIMIT ?) s`,
  { table: 'discussion' },
);

/** The `count` discussions after an id, deleted ones included. */
export function readSitemapPart(
  { db }: Pick<Context, 'db'>,
  after: string,
  count: number,
): MaybePromise<SitemapPart> {
  return chain(db.read.all(partAfter, [after, count]), ([row]) => {
    if (!row) return { lastId: null, count: 0, changedAt: 0 };
    const { lastId, count, ...times } = row;
    return { lastId, count: Number(count), changedAt: latest(times) };
  });
}

function latest(times: Times): number {
  return Math.max(...TIMES.map((time) => times[time] ?? 0));
}
