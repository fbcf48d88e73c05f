import type { Database } from 'better-sqlite3';
import { inserter } from './insert.ts';
import type { Plan } from './plan.ts';
import { type Random, randomOf } from './random.ts';
import { stepThrough, type VoteColumns } from './vote-columns.ts';

/** The time within which votes come after what they are cast on. */
const SPAN = 3 * 86_400_000;

interface Subject {
  readonly id: string;
  /** The writer's index: they do not vote on it. */
  readonly author: number;
  readonly createdAt: number;
}

/** Inserts the rows of all votes that the counters of discussions and comments have counted. */
export function insertVotes(db: Database, plan: Plan, authorIds: readonly string[]): void {
  const { threads, comments } = plan;
  const random = randomOf(plan.seed, 'votes');
  const onDiscussion = ballot(db, 'discussion', authorIds, random);
  plan.discussionIds.forEach((id, i) => {
    const [author, createdAt] = [threads.author[i] ?? 0, threads.createdAt[i] ?? 0];
    onDiscussion({ id, author, createdAt }, plan.discussionVotes, i);
  });
  const onComment = ballot(db, 'comment', authorIds, random);
  for (const i of plan.commentsByTime) {
    const [author, createdAt] = [comments.author[i] ?? 0, comments.createdAt[i] ?? 0];
    onComment({ id: plan.commentIds[i] ?? '', author, createdAt }, plan.commentVotes, i);
  }
}

function ballot(
  db: Database,
  subject: 'discussion' | 'comment',
  authorIds: readonly string[],
  random: Random,
): (on: Subject, votes: VoteColumns, i: number) => void {
  const insert = inserter(db, `${subject}_vote`);
  const step = stepThrough(authorIds.length, random);
  return ({ id, author, createdAt }, votes, i) => {
    const up = votes.up[i] ?? 0;
    const all = up + (votes.down[i] ?? 0);
    if (all === 0) return;
    let voter = random.below(authorIds.length);
    for (let cast = 0; cast < all; voter = (voter + step) % authorIds.length) {
      if (voter === author) continue;
      const at = createdAt + 1 + Math.floor(SPAN * random.unit());
      const author_id = authorIds[voter] ?? '';
      const value = cast < up ? 1 : -1;
      insert({ [`${subject}_id`]: id, author_id, value, created_at: at, updated_at: at });
      cast++;
    }
  };
}
