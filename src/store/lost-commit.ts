import type { Commits, Noted } from './commits.ts';

/**
 * A server finishes what it was sent though nobody waits for it any more: mostly within milliseconds, and where its disk
 * or a standby keeps it waiting, within minutes.
 */
const AGAIN_AFTER_MS = [1_000, 5_000, 30_000, 300_000, 1_800_000];

/**
 * Tells what a commit has touched that failed for its caller and may be done all the same: now, and again some times
 * later, because whoever reads in between finds, and keeps, what was there before. Resolves as `tell` does.
 */
export function tellOfLostCommit(commits: Pick<Commits, 'tell'>, noted: Noted): Promise<unknown> | undefined {
  for (const ms of AGAIN_AFTER_MS) setTimeout(() => commits.tell(noted), ms).unref();
  return commits.tell(noted);
}
