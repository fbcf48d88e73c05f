import SqliteDatabase from 'better-sqlite3';
import { randomOf } from './generate/random.ts';
import type { Operation, Variables } from './queries.ts';

/** The requests of the workload and of the growth check, made before anything is measured. */
export interface Targets {
  /** By operation, in the order in which they are sent. */
  readonly workload: Record<Operation, readonly Variables[]>;
  readonly largestThread: Variables;
  /** Threads of exactly 20 comments, and those with exactly 20 at the top level: a full page like the largest's. */
  readonly shortThreads: readonly Variables[];
  readonly fullPages: readonly Variables[];
}

const THREAD_PAGES = 5_000;
const SEED = 7;

interface Thread {
  readonly id: string;
  readonly comments: number;
  readonly topLevel: number;
}

/** Chooses what to ask a generated forum: threads half evenly, half by their size; every category. */
export function chooseTargets(file: string): Targets {
  const db = new SqliteDatabase(file, { readonly: true });
  const threads = db
    .prepare<[], Thread>(
      `SELECT id, comment_count comments, top_level_comment_count "topLevel" FROM discussion
        WHERE deleted_at IS NULL ORDER BY id`,
    )
    .all();
  const slugs = db.prepare<[], { slug: string }>('SELECT slug FROM category ORDER BY id').all();
  db.close();
  const where = (matches: (thread: Thread) => boolean) => threads.filter(matches).slice(0, 200).map(pageOf);
  const largest = threads.reduce((a, b) => (b.comments > a.comments ? b : a));
  return {
    workload: { threadPage: mixed(threads), listPage: slugs.map(({ slug }) => ({ slug })) },
    largestThread: pageOf(largest),
    shortThreads: where(({ comments }) => comments === 20),
    fullPages: where(({ comments, topLevel }) => topLevel === 20 && comments < 100),
  };
}

function pageOf({ id }: Thread): Variables {
  return { id: `D_${id}` };
}

function mixed(threads: readonly Thread[]): Variables[] {
  const random = randomOf(SEED, 'targets');
  const upTo: number[] = [];
  let all = 0;
  for (const { comments } of threads) {
    all += comments;
    upTo.push(all);
  }
  return Array.from({ length: THREAD_PAGES }, (_, i) => {
    const index = i % 2 === 0 ? random.below(threads.length) : firstAbove(upTo, random.below(all));
    return pageOf(threads[index] as Thread);
  });
}

/** The index of the first member of an ascending list that is above `value`. */
function firstAbove(ascending: readonly number[], value: number): number {
  let [low, high] = [0, ascending.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
