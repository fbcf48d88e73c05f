import { type Database, preparedIn, type Statement, statement, type Tx } from '../../store/index.ts';
import { dateDiscussion, latestPossibleTime } from '../discussion/index.ts';
import { commentWritten } from './comment-text.ts';
import { recountDiscussion } from './recount-discussion.ts';

/** A discussion or comment whose time is in the future, from a clock that was ahead. */
export interface FutureRow {
  readonly table: 'discussion' | 'comment';
  readonly id: string;
  readonly discussionId: string;
  /** In milliseconds. */
  readonly createdAt: number;
}

const future = (table: FutureRow['table'], discussionId: string): Statement<Omit<FutureRow, 'table'>> =>
  statement(
    `comment.future of ${table}`,
    `SELECT t.id, ${discussionId} AS "discussionId", t.created_at AS "createdAt"
      FROM ${table} t WHERE t.created_at > ? AND t.id > ? ORDER BY t.id LIMIT ?`,
  );

const FUTURE = { discussion: future('discussion', 't.id'), comment: future('comment', 't.discussion_id') };
const BATCH = 500;

/** Finds what cannot have been written yet at `now`. */
export async function* findFutureRows(db: Database, now: Date): AsyncGenerator<FutureRow> {
  for (const table of ['discussion', 'comment'] as const) {
    for (let after = ''; ; ) {
      const rows = await db.read.all(FUTURE[table], [latestPossibleTime(now), after, BATCH]);
      for (const row of rows) yield { table, ...row };
      const last = rows.at(-1);
      if (!last) break;
      after = last.id;
    }
  }
}

/** Gives a row in the future the time `now`, marked as approximate, and its discussion the counters that follow. */
export async function mendFutureRow(
  tx: Tx,
  { table, id, discussionId }: FutureRow,
  now: Date,
): Promise<void> {
  const data = { createdAt: now, createdAtIsApproximate: true };
  if (table === 'comment') await dateComment(tx, id, data);
  else await dateDiscussion(tx, id, now);
  await recountDiscussion(tx, discussionId);
}

async function dateComment(
  tx: Tx,
  id: string,
  data: { readonly createdAt: Date; readonly createdAtIsApproximate: boolean },
): Promise<void> {
  const { authorId, bodyText, createdAt } = await tx.comment.update({ where: { id }, data });
  const text = { bodyText };
  const written = { id, authorId, createdAt: createdAt.getTime(), before: text, after: text };
  await commentWritten.emit(preparedIn(tx), written);
}
