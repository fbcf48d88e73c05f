import type { Database } from 'better-sqlite3';
import { controversyScore, hotScore, wilsonLowerBound } from '../../src/forum/ranking.ts';
import type { SetVoteInput } from '../queries.ts';
import type { Viewer } from './viewer.ts';

interface SubjectRow {
  readonly author_id: string | null;
  readonly deleted_at: number | null;
  readonly locked_at: number | null;
  readonly upvote_count: number;
  readonly downvote_count: number;
  readonly net_upvotes: number;
  readonly created_at: number;
  /** Of a discussion. */
  readonly comment_count?: number;
}

const VOTES = 't.author_id, t.deleted_at, t.upvote_count, t.downvote_count, t.net_upvotes, t.created_at';

const SUBJECT = {
  discussion: `SELECT ${VOTES}, t.locked_at, t.comment_count FROM discussion t WHERE t.id = ?`,
  comment: `SELECT ${VOTES}, d.locked_at FROM comment t JOIN discussion d ON d.id = t.discussion_id WHERE t.id = ?`,
} as const;

const SCORE = { discussion: 'hot_score', comment: 'best_score' } as const;

/** The subject's counts after the vote. */
export interface CountedVotes {
  readonly type: 'Discussion' | 'Comment';
  /** The global id. */
  readonly id: string;
  readonly upvoteCount: number;
  readonly downvoteCount: number;
  readonly netUpvotes: number;
  readonly viewerVote: SetVoteInput['direction'];
}

/** Sets a vote by hand: the rows that the project's own `setVote` leaves. Call it inside a transaction. */
export function setVote(db: Database): (input: SetVoteInput, viewer: Viewer) => CountedVotes {
  const on = { discussion: statements(db, 'discussion'), comment: statements(db, 'comment') };
  return ({ subjectId, direction }, viewer) => {
    const kind = subjectId.startsWith('D_') ? 'discussion' : 'comment';
    const id = subjectId.slice(2);
    const row = on[kind].subject.get(id);
    if (!row || row.deleted_at !== null || row.locked_at !== null || row.author_id === viewer.id)
      throw new Error('Nobody can vote on this, or not this viewer.');
    const was = on[kind].standing.get(id, viewer.id)?.value ?? 0;
    const value = direction === 'UP' ? 1 : -1;
    const up = row.upvote_count + Number(value === 1) - Number(was === 1);
    const down = row.downvote_count + Number(value === -1) - Number(was === -1);
    const net = row.net_upvotes + value - was;
    if (value !== was) {
      const now = Date.now();
      if (was === 0) on[kind].insert.run(id, viewer.id, value, now, now);
      else on[kind].update.run(value, now, id, viewer.id);
      const score =
        kind === 'comment'
          ? wilsonLowerBound(up, down)
          : hotScore(net, row.comment_count ?? 0, row.created_at);
      on[kind].count.run(up, down, net, score, controversyScore(up, down), id);
    }
    const type = kind === 'discussion' ? 'Discussion' : 'Comment';
    return {
      type,
      id: subjectId,
      upvoteCount: up,
      downvoteCount: down,
      netUpvotes: net,
      viewerVote: direction,
    };
  };
}

function statements(db: Database, kind: 'discussion' | 'comment') {
  const key = `${kind}_id = ? AND author_id = ?`;
  return {
    subject: db.prepare<string, SubjectRow>(SUBJECT[kind]),
    standing: db.prepare<[string, string], { value: number }>(`SELECT value FROM ${kind}_vote WHERE ${key}`),
    insert: db.prepare(
      `INSERT INTO ${kind}_vote (${kind}_id, author_id, value, created_at, updated_at) VALUES (?, ?, ?, ?, ?)`,
    ),
    update: db.prepare(`UPDATE ${kind}_vote SET value = ?, updated_at = ? WHERE ${key}`),
    count: db.prepare(
      `UPDATE ${kind} SET upvote_count = ?, downvote_count = ?, net_upvotes = ?, ${SCORE[kind]} = ?,
        controversy_score = ? WHERE id = ?`,
    ),
  };
}

/** The payload as the operation of the workload asks for it. */
export function countedVotes({ type: _, ...subject }: CountedVotes) {
  return { setVote: { subject } };
}
