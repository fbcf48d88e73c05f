/** The maximum number of tags to remember, some megabytes. */
const TAGS_MAX = 50_000;

/** The times at which tags were invalidated, for answers that are computed meanwhile from reads that may be older. */
export class RecentInvalidations {
  /** In the order of invalidation, oldest first. */
  readonly #at = new Map<string, number>();
  #allAt = Number.NEGATIVE_INFINITY;
  /** Invalidations up to this time are forgotten. */
  #forgottenUpTo = Number.NEGATIVE_INFINITY;

  add(tag: string, at: number): void {
    this.#at.delete(tag);
    this.#at.set(tag, at);
  }

  addAll(at: number): void {
    this.#at.clear();
    this.#allAt = at;
  }

  /** Whether one of these tags may have been invalidated since a time. True if that is forgotten. */
  mayInclude(tags: Iterable<string>, since: number): boolean {
    if (since <= this.#allAt || since <= this.#forgottenUpTo) return true;
    for (const tag of tags) if ((this.#at.get(tag) ?? Number.NEGATIVE_INFINITY) >= since) return true;
    return false;
  }

  /** Forgets invalidations before a time, and the oldest if there are too many. */
  forget(before: number): void {
    for (const [tag, at] of this.#at) {
      if (at >= before && this.#at.size <= TAGS_MAX) break;
      this.#at.delete(tag);
      this.#forgottenUpTo = at;
    }
  }
}
