import type { Context } from '../access/context.ts';
import { chain } from '../graphql/execution/index.ts';
import { addReadTags, type Reader } from '../store/index.ts';
import { ago, phraseHoldsUntil } from '../text/relative-time.ts';
import type { Dependencies } from './tagged-cache.ts';

/** The lifetime of an answer that reads the time other than through `Context.ago`. */
const CLOCK_MS_MAX = 1000;

/** Collects what a guest's answer depends on while it is computed. */
export class DependencyTracker implements Dependencies {
  readonly startedAt: number;
  readonly tags = new Set<string>();
  expiresAt = Number.POSITIVE_INFINITY;
  /** False if a statement was run that does not declare what it reads. */
  isComplete = true;

  constructor(startedAt: number) {
    this.startedAt = startedAt;
  }

  expireAfter(ms: number): void {
    this.expiresAt = Math.min(this.expiresAt, this.startedAt + ms);
  }
}

/** The same context, with its reads and its clock tracked. */
export function trackedContext(ctx: Context, tracker: DependencyTracker): Context {
  const read: Reader = {
    ...ctx.db.read,
    all: (statement, params) =>
      chain(ctx.db.read.all(statement, params), (rows) => {
        if (!addReadTags(tracker.tags, statement, params, rows)) tracker.isComplete = false;
        for (const { staleMs } of statement.reads ?? [])
          if (staleMs !== undefined) tracker.expireAfter(staleMs);
        return rows;
      }),
  };
  return {
    ...ctx,
    db: { ...ctx.db, read },
    now: () => {
      tracker.expireAfter(CLOCK_MS_MAX);
      return ctx.now();
    },
    ago: (at) => {
      const now = ctx.now().getTime();
      tracker.expireAfter(phraseHoldsUntil(at, now) - now);
      return ago(at, now);
    },
  };
}
