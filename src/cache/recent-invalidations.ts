/** So many tags are remembered, some megabytes, however much is written. */
const TAGS_MAX = 50_000;

/** When tags were invalidated last, for answers that are made meanwhile of reads that may have come before. */
export class RecentInvalidations {
  /** The one that was invalidated longest ago first. */
  readonly #at = new Map<string, number>();
  #allAt = Number.NEGATIVE_INFINITY;
  /** What was invalidated up to here is forgotten. */
  #forgottenUpTo = Number.NEGATIVE_INFINITY;

  add(tag: string, at: number): void {
    this.#at.delete(tag);
    this.#at.set(tag, at);
  }

  addAll(at: number): void {
    this.#at.clear();
    this.#allAt = at;
  }

  /** Whether one of these tags may have been invalidated since: also where that is forgotten. */
  mayInclude(tags: Iterable<string>, since: number): boolean {
    if (since <= this.#allAt || since <= this.#forgottenUpTo) return true;
    for (const tag of tags) if ((this.#at.get(tag) ?? Number.NEGATIVE_INFINITY) >= since) return true;
    return false;
  }

  /** Forgets what was invalidated before a moment, and the oldest of too many. */
  forget(before: number): void {
    for (const [tag, at] of this.#at) {
      if (at >= before && this.#at.size <= TAGS_MAX) break;
      this.#at.delete(tag);
      this.#forgottenUpTo = at;
    }
  }
}
