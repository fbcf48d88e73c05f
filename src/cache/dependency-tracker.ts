import type { Context } from '../access/context.ts';
import { chain } from '../graphql/execution/index.ts';
import { addReadTags, type Reader } from '../store/index.ts';
import { ago, phraseHoldsUntil } from '../text/relative-time.ts';
import type { Dependencies } from './tagged-cache.ts';

/** An answer that looks at the time otherwise than through `Context.ago` may be used for so long. */
const CLOCK_MS_MAX = 1000;

/** Collects what a guest's answer depends on while it is made. */
export class DependencyTracker implements Dependencies {
  readonly startedAt: number;
  readonly tags = new Set<string>();
  expiresAt = Number.POSITIVE_INFINITY;
  /** False: something was read whose dependencies nobody has declared. */
  isComplete = true;

  constructor(startedAt: number) {
    this.startedAt = startedAt;
  }

  expireAfter(ms: number): void {
    this.expiresAt = Math.min(this.expiresAt, this.startedAt + ms);
  }
}

/** The same context, whose reads and looks at the clock are tracked. */
export function trackedContext(ctx: Context, tracker: DependencyTracker): Context {
  const read: Reader = {
    ...ctx.db.read,
    all: (statement, params) =>
      chain(ctx.db.read.all(statement, params), (rows) => {
        if (!addReadTags(tracker.tags, statement, params, rows)) tracker.isComplete = false;
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
