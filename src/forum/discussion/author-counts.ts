import type { Context } from '../../access/context.ts';
import { chain } from '../../graphql/execution/index.ts';
import { loader, rowsInOrder } from '../../graphql/loader.ts';
import { statement } from '../../store/index.ts';

/** An author's visible discussions and their votes. */
export interface DiscussionsOfAuthor {
  readonly authorId: string;
  readonly discussionCount: number;
  readonly upvoteCount: number;
  readonly downvoteCount: number;
}

const ofAuthors = statement<DiscussionsOfAuthor>(
  'discussion.countsOfAuthors',
  (d) => `SELECT t.author_id AS "authorId", count(*) AS "discussionCount",
      sum(t.upvote_count) AS "upvoteCount", sum(t.downvote_count) AS "downvoteCount"
    FROM discussion t WHERE ${d.inList('t.author_id')} AND t.deleted_at IS NULL GROUP BY t.author_id`,
  {
    table: 'discussion',
    by: ['author_id'],
    columns: ['author_id', 'deleted_at', 'upvote_count', 'downvote_count'],
  },
);

/** Counts the visible discussions of an author. One statement counts for many authors. */
export function loadDiscussionsOfAuthor(ctx: Context, authorId: string): Promise<DiscussionsOfAuthor> {
  return loader<DiscussionsOfAuthor>(ctx, 'discussion.countsOfAuthors', ({ db }, ids) =>
    chain(
      rowsInOrder(ids, db.read.all(ofAuthors, [ids]), (row) => row.authorId),
      (rows) =>
        rows.map(
          (row, i) => row ?? { authorId: ids[i] ?? '', discussionCount: 0, upvoteCount: 0, downvoteCount: 0 },
        ),
    ),
  ).load(authorId);
}
