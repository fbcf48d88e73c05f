import type { Context } from '../../access/context.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { VoteDirection } from '../../generated/graphql.ts';
import { chain } from '../../graphql/execution/index.ts';
import { loader } from '../../graphql/loader.ts';
import { type Statement, statement } from '../../store/index.ts';

interface VoteRow {
  readonly subjectId: string;
  readonly value: number;
}

const votesOn = (table: string, subject: string): Statement<VoteRow> =>
  statement<VoteRow>(
    `vote.${table}`,
    (d) =>
      `SELECT ${subject} AS "subjectId", value FROM ${table} WHERE author_id = ? AND ${d.inList(subject)}`,
    { table, by: [null, subject] },
  );

const STATEMENTS = {
  discussion: votesOn('discussion_vote', 'discussion_id'),
  comment: votesOn('comment_vote', 'comment_id'),
} as const;

type Subject = keyof typeof STATEMENTS;

const votesOf = (ctx: Context, viewer: Viewer, subject: Subject) =>
  loader<VoteDirection>(ctx, `vote.${subject}`, ({ db }, ids) =>
    chain(db.read.all(STATEMENTS[subject], [viewer.id, ids]), (rows) => {
      const directions = new Map(rows.map((row) => [row.subjectId, row.value > 0 ? 'UP' : 'DOWN'] as const));
      return ids.map((id) => directions.get(id) ?? 'NONE');
    }),
  );

/** The viewer's vote on a discussion or a comment; NONE for a guest. */
export function loadViewerVote(
  ctx: Context,
  subject: Subject,
  subjectId: string,
): VoteDirection | Promise<VoteDirection> {
  const { viewer } = ctx;
  return viewer ? votesOf(ctx, viewer, subject).load(subjectId) : 'NONE';
}

/** Puts the viewer's new vote into the loader. */
export function primeViewerVote(
  ctx: Context,
  subject: Subject,
  subjectId: string,
  direction: VoteDirection,
): void {
  if (ctx.viewer) votesOf(ctx, ctx.viewer, subject).prime(subjectId, direction);
}
