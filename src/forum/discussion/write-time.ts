/** A clock that is wrong by more than this is not followed: times that far in the future are what is wrong. */
const CLOCK_ERROR_MS_MAX = 24 * 60 * 60 * 1000;

/**
 * The time of a new comment in a discussion: now, or just after the latest activity if the clock is behind it, as after
 * it was set back. So comments sort in the order of writing. Pure.
 */
export function timeInThread(lastActivityAt: number, now: Date): Date {
  const behindMs = lastActivityAt - now.getTime();
  return behindMs > 0 && behindMs <= CLOCK_ERROR_MS_MAX ? new Date(lastActivityAt + 1) : now;
}

/** The time after which a row cannot have been written, for a check at `now`. */
export function latestPossibleTime(now: Date): Date {
  return new Date(now.getTime() + CLOCK_ERROR_MS_MAX);
}
