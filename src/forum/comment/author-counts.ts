import type { Context } from '../../access/context.ts';
import { chain } from '../../graphql/execution/index.ts';
import { loader, rowsInOrder } from '../../graphql/loader.ts';
import { statement } from '../../store/index.ts';
import { loadDiscussionsOfAuthor } from '../discussion/index.ts';

/** An author's visible comments, how many of them are accepted answers, and their votes. */
interface CommentsOfAuthor {
  readonly authorId: string;
  readonly commentCount: number;
  readonly acceptedAnswerCount: number;
  readonly upvoteCount: number;
  readonly downvoteCount: number;
}

const ofAuthors = statement<CommentsOfAuthor>(
  'comment.countsOfAuthors',
  (d) => `SELECT t.author_id AS "authorId", count(*) AS "commentCount",
      sum(CASE WHEN d.answer_id = t.id THEN 1 ELSE 0 END) AS "acceptedAnswerCount",
      sum(t.upvote_count) AS "upvoteCount", sum(t.downvote_count) AS "downvoteCount"
    FROM comment t JOIN discussion d ON d.id = t.discussion_id
    WHERE ${d.inList('t.author_id')} AND t.deleted_at IS NULL AND d.deleted_at IS NULL GROUP BY t.author_id`,
  {
    table: 'comment',
    by: ['author_id'],
    columns: ['author_id', 'deleted_at', 'discussion_id', 'upvote_count', 'downvote_count'],
  },
  { table: 'discussion', columns: ['deleted_at', 'answer_id'] },
);

const NONE = { commentCount: 0, acceptedAnswerCount: 0, upvoteCount: 0, downvoteCount: 0 };

/** Counts the visible comments of an author. One statement counts for many authors. */
export function loadCommentsOfAuthor(ctx: Context, authorId: string): Promise<CommentsOfAuthor> {
  return loader<CommentsOfAuthor>(ctx, 'comment.countsOfAuthors', ({ db }, ids) =>
    chain(
      rowsInOrder(ids, db.read.all(ofAuthors, [ids]), (row) => row.authorId),
      (rows) => rows.map((row, i) => row ?? { authorId: ids[i] ?? '', ...NONE }),
    ),
  ).load(authorId);
}

/** How many votes the visible discussions and comments of an author have received. */
export async function receivedVotes(
  ctx: Context,
  authorId: string,
  kind: 'upvoteCount' | 'downvoteCount',
): Promise<number> {
  const [discussions, comments] = await Promise.all([
    loadDiscussionsOfAuthor(ctx, authorId),
    loadCommentsOfAuthor(ctx, authorId),
  ]);
  return discussions[kind] + comments[kind];
}
