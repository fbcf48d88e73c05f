import type { Context } from '../../access/context.ts';
import { chain } from '../../graphql/execution/index.ts';
import { loader, rowsByKey } from '../../graphql/loader.ts';
import { statement } from '../../store/index.ts';
import { type AuthorRow, loadAuthors } from '../author/index.ts';

interface Participant {
  readonly discussionId: string;
  readonly authorId: string;
  /** The number of all participants of the discussion. */
  readonly total: number;
}

/** The authors of a discussion and of its visible comments: the thread by time, which has both columns. */
const participants = statement<Participant>(
  'comment.participants',
  (d) => `SELECT r.discussion_id AS "discussionId", r.author_id AS "authorId", r.total AS "total" FROM (
      SELECT u.discussion_id, u.author_id, count(*) OVER (PARTITION BY u.discussion_id) AS total,
        row_number() OVER (
          PARTITION BY u.discussion_id ORDER BY max(u.started) DESC, sum(u.written) DESC, u.author_id
        ) AS place
      FROM (
        SELECT c.discussion_id, c.author_id, 0 AS started, count(*) AS written FROM comment c
          WHERE ${d.inList('c.discussion_id')} AND c.deleted_at IS NULL AND c.author_id IS NOT NULL
          GROUP BY c.discussion_id, c.author_id
        UNION ALL
        SELECT d.id, d.author_id, 1, 0 FROM discussion d WHERE ${d.inList('d.id')} AND d.author_id IS NOT NULL
      ) u GROUP BY u.discussion_id, u.author_id
    ) r WHERE r.place <= ? ORDER BY r.discussion_id, r.place`,
  { table: 'comment', by: ['discussion_id'], columns: ['author_id', 'deleted_at'] },
  { table: 'discussion', by: [null, 'id'] },
);

const firstOf = (ctx: Context, size: number, discussionId: string) =>
  loader<Participant[]>(ctx, `comment.participants ${size}`, ({ db }, ids) =>
    rowsByKey(ids, db.read.all(participants, [ids, ids, size]), (row) => row.discussionId),
  ).load(discussionId);

/** A discussion's author, then those who wrote most of its comments. */
export function loadParticipants(ctx: Context, discussionId: string, size: number): Promise<AuthorRow[]> {
  return firstOf(ctx, size, discussionId).then((rows) =>
    loadAuthors(
      ctx,
      rows.map(({ authorId }) => authorId),
    ),
  );
}

/** The number of a discussion's participants. */
export function countParticipants(ctx: Context, discussionId: string): Promise<number> {
  return chain(firstOf(ctx, 1, discussionId), ([first]) => first?.total ?? 0) as Promise<number>;
}
