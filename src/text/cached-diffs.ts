// Diffs for requests. Those of long texts are computed once, in a worker thread, and cached.
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Refusal } from '../access/errors.ts';
import type { DiffPart } from '../generated/graphql.ts';
import { textDiff, wholeDiff } from './diff.ts';
import { runInTurns } from './short-work.ts';
import { type TaskClient, type WorkerPool, workerPool } from './worker-pool.ts';
import { TaskTooLarge } from './worker-threads.ts';

/** The length of both texts from which their diff is computed in a thread. The worst shorter one takes a few ms. */
const THREAD_CHARS_MIN = 1_000;
/** Two hundred diffs of long texts that differ in a few places. */
const CACHED_BYTES_MAX = 16 * 1024 * 1024;
/** An object, a string's header and the place in an array. */
const PART_BYTES = 64;

type Diff = readonly DiffPart[];

type DiffTexts = (client: TaskClient, before: string, after: string) => Promise<Diff>;

/**
 * Diffs whose results are cached. The key is a hash of both texts: a revision's number would not do, because an import
 * may replace the text of a revision. Requests that ask for the same diff at once share one computation.
 */
export function createDiffs(pool: Pick<WorkerPool, 'run'>, bytesMax = CACHED_BYTES_MAX): DiffTexts {
  const cached = new LRUCache<string, Diff>({ maxSize: bytesMax, sizeCalculation: bytesOf });
  const running = new Map<string, Promise<Diff>>();

  const compute = async (client: TaskClient, key: string, before: string, after: string): Promise<Diff> => {
    try {
      const diff = await pool.run(client, 'diff', [before, after]).catch((error: unknown) => {
        if (error instanceof TaskTooLarge) return wholeDiff(before, after);
        throw error;
      });
      cached.set(key, diff);
      return diff;
    } finally {
      running.delete(key);
    }
  };
  return async (client, before, after) => {
    if (before === '' || after === '') return wholeDiff(before, after);
    if (before.length + after.length < THREAD_CHARS_MIN) return runInTurns(() => textDiff(before, after));
    const key = keyOf(before, after);
    for (;;) {
      const found = cached.get(key);
      if (found) return found;
      const shared = running.get(key);
      if (!shared) {
        const own = compute(client, key, before, after);
        running.set(key, own);
        return own;
      }
      try {
        return await shared;
      } catch (error) {
        // the client that began it was refused: this one may not be
        if (!(error instanceof Refusal)) throw error;
      }
    }
  };
}

function keyOf(before: string, after: string): string {
  return createHash('sha256').update(`${before.length}\0`).update(before).update(after).digest('base64');
}

/** Most of a diff is text, of which most characters take one byte, and some two. */
function bytesOf(diff: Diff): number {
  return diff.reduce((sum, { text }) => sum + PART_BYTES + 2 * text.length, PART_BYTES);
}

/** The diff of two texts, as `textDiff` gives it. Throws what `WorkerPool.run` throws. */
export const diffTexts: DiffTexts = createDiffs(workerPool);
