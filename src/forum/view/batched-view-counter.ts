import { setTimeout as sleep } from 'node:timers/promises';
import type { ViewCounter } from '../../access/view-counter.ts';
import { type Database, OutcomeUnknown } from '../../store/index.ts';
import { addViews } from './add-views.ts';
import { RecentViews } from './recent-views.ts';

/** How long a view waits to be written: a count is at most this old in the database. */
export const FLUSH_MS = 10_000;
/** A batch of this many views is written at once. It takes about 10 ms. */
export const BATCH_VIEWS = 1000;
/** While the database cannot be written, at most this many views wait. Further ones are not counted. */
export const UNWRITTEN_MAX = 5000;

interface ViewCounterParts {
  readonly db: Pick<Database, 'transaction'>;
  /** Called if a batch could not be written. It is tried again, unless it may have been stored. */
  readonly onFault: (error: unknown) => void;
  /** A clock that never goes back, in milliseconds. */
  readonly now?: () => number;
}

/**
 * Counts views in memory and writes them in batches, one transaction each. Each instance of the forum has one, and the
 * batches of all add up. A crash loses the views that are not written yet. No view is written twice.
 */
export class BatchedViewCounter implements ViewCounter {
  readonly #parts: ViewCounterParts;
  readonly #recent: RecentViews;
  /** The discussion of each view that is not written yet. */
  #unwritten: string[] = [];
  /** How many of them are being written. */
  #inFlight = 0;
  #running: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #hasFailed = false;
  #isClosed = false;

  constructor(parts: ViewCounterParts) {
    this.#parts = parts;
    this.#recent = new RecentViews(parts.now ?? (() => performance.now()));
  }

  count(discussionId: string, viewer: string): void {
    if (this.#isClosed || this.#unwritten.length + this.#inFlight >= UNWRITTEN_MAX) return;
    if (!this.#recent.isFirst(`${viewer} ${discussionId}`)) return;
    this.#unwritten.push(discussionId);
    this.#schedule();
  }

  /** Resolves when every view that was counted before is written, or could not be. Never rejects. */
  flush(): Promise<void> {
    this.#running ??= this.#writeAll().finally(() => {
      this.#running = null;
      if (!this.#isClosed && this.#unwritten.length > 0) this.#schedule();
    });
    return this.#running;
  }

  /** Counts nothing any more, and writes what is not written yet. Resolves after `withinMs` even if that takes longer. */
  async close(withinMs: number): Promise<void> {
    this.#isClosed = true;
    const written = (this.#running ?? Promise.resolve()).then(() => this.flush());
    await Promise.race([written, sleep(withinMs, undefined, { ref: false })]);
  }

  /** A database that has failed is tried again at intervals only. */
  #schedule(): void {
    if (this.#unwritten.length >= BATCH_VIEWS && !this.#hasFailed) void this.flush();
    else this.#timer ??= setTimeout(() => void this.flush(), FLUSH_MS).unref();
  }

  async #writeAll(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    do {
      const batch = this.#unwritten.splice(0, BATCH_VIEWS);
      if (batch.length === 0) return;
      this.#inFlight = batch.length;
      try {
        await addViews(this.#parts.db, batch);
        this.#hasFailed = false;
      } catch (error) {
        this.#hasFailed = true;
        // a batch that may have been stored is not tried again: it could count twice
        if (!(error instanceof OutcomeUnknown)) this.#unwritten.unshift(...batch);
        this.#parts.onFault(error);
      } finally {
        this.#inFlight = 0;
      }
    } while (!this.#hasFailed);
  }
}
