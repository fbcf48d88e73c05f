import type { InvalidatedTags } from './declarations.ts';

/** The listeners for commits. */
export type Commits = ReturnType<typeof createCommits>;

/**
 * A server finishes a commit whose client has gone: usually within milliseconds, within minutes if it waits for a disk
 * or a standby.
 */
const AGAIN_AFTER_MS = [1_000, 5_000, 30_000, 300_000, 1_800_000];

export function createCommits() {
  const { listen, emit } = createListeners<InvalidatedTags>();
  return {
    /** Returns a function that removes the listener. */
    listen,
    /** Calls every listener. Never throws, because the commit has happened. */
    announce: emit,
    /**
     * Announces a commit that failed for its caller but may still happen: now and several times later, because a read in
     * between caches the old state.
     */
    announceUncertain: (tags: InvalidatedTags) => {
      for (const ms of AGAIN_AFTER_MS) setTimeout(() => emit(tags), ms).unref();
      emit(tags);
    },
  };
}

/** `emit` calls all listeners and never throws: an error of a listener becomes a process warning. */
export function createListeners<T>() {
  const listeners = new Set<(value: T) => void>();
  return {
    /** Returns a function that removes the listener. */
    listen: (listener: (value: T) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit: (value: T) => {
      for (const listener of [...listeners]) {
        try {
          listener(value);
        } catch (error) {
          warn(error);
        }
      }
    },
  };
}

function warn(error: unknown): void {
  process.emitWarning(
    error instanceof Error ? (error.stack ?? error.message) : String(error),
    'ListenerFault',
  );
}
