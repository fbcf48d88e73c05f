import type { InvalidatedTags } from './declarations.ts';
import { createListeners } from './listeners.ts';

/** Who is told of commits. */
export interface Commits {
  /** Returns a function that stops it. */
  listen(listener: (tags: InvalidatedTags) => void): () => void;
  readonly hasListeners: boolean;
  /** Calls every listener. Never throws: what it announces has happened. */
  announce(tags: InvalidatedTags): void;
  /**
   * Announces a commit that failed for its caller and may be done all the same: now, and several times later, because
   * whoever reads in between finds, and caches, what was there before.
   */
  announceLost(tags: InvalidatedTags): void;
}

/**
 * A server finishes what it was sent though its client is gone: mostly within milliseconds, and while its disk or a
 * standby keeps it waiting, within minutes.
 */
const AGAIN_AFTER_MS = [1_000, 5_000, 30_000, 300_000, 1_800_000];

export function createCommits(): Commits {
  const { listen, emit, isEmpty } = createListeners<InvalidatedTags>();
  return {
    listen,
    get hasListeners() {
      return !isEmpty();
    },
    announce: emit,
    announceLost: (tags) => {
      for (const ms of AGAIN_AFTER_MS) setTimeout(() => emit(tags), ms).unref();
      emit(tags);
    },
  };
}
