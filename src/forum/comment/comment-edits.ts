// When comments were last edited, from an index of the edited ones.
import type { Context } from '../../access/context.ts';
import { chain, type MaybePromise } from '../../graphql/execution/index.ts';
import { statement } from '../../store/index.ts';

const ofDiscussions = statement<{ discussionId: string; editedAt: number }>(
  'comment.lastEdits',
  (d) => `SELECT discussion_id AS "discussionId", max(last_edited_at) AS "editedAt" FROM comment
    WHERE ${d.inList('discussion_id')} AND last_edited_at IS NOT NULL AND deleted_at IS NULL GROUP BY discussion_id`,
  { table: 'comment', by: ['discussion_id'] },
);

/** The time of the last edit of a comment of each of these discussions. Those without one are missing. */
export function lastEditsOf(
  { db }: Pick<Context, 'db'>,
  discussionIds: readonly string[],
): MaybePromise<ReadonlyMap<string, number>> {
  return chain(
    db.read.all(ofDiscussions, [discussionIds]),
    (rows) => new Map(rows.map((row) => [row.discussionId, row.editedAt])),
  );
}

const ofRange = statement<{ editedAt: number | null }>(
  'comment.lastEditIn',
  `SELECT max(last_edited_at) AS "editedAt" FROM comment
    WHERE discussion_id > ? AND discussion_id <= ? AND last_edited_at IS NOT NULL AND deleted_at IS NULL`,
  { table: 'comment' },
);

/** The time of the last edit of a comment of the discussions whose ids are after one and up to another. 0 if none. */
export function lastEditIn({ db }: Pick<Context, 'db'>, after: string, upTo: string): MaybePromise<number> {
  return chain(db.read.all(ofRange, [after, upTo]), ([row]) => row?.editedAt ?? 0);
}
