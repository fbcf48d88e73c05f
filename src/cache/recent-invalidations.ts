import type { Database, InvalidatedTags } from '../store/index.ts';

/** The maximum number of tags to remember, some megabytes. */
const TAGS_MAX = 50_000;

interface Invalidation {
  readonly at: number;
  readonly tags: Exclude<InvalidatedTags, 'ALL'>;
}

/**
 * What was invalidated recently, for answers that are computed meanwhile from reads that may be older. It remembers
 * commits and not tags, because most commits are forgotten before any answer asks for them.
 */
export class RecentInvalidations {
  /** In the order of the commits. */
  #recent: Invalidation[] = [];
  /** The number of tags in all of them. */
  #size = 0;
  /** Invalidations up to this time are forgotten, or concern everything. */
  #unknownUpTo = Number.NEGATIVE_INFINITY;

  add(invalidated: InvalidatedTags, at: number): void {
    if (invalidated === 'ALL') this.#forgetFirst(this.#recent.length, at);
    else {
      this.#recent.push({ at, tags: invalidated });
      this.#size += invalidated.size;
    }
  }

  /** Whether one of these tags may have been invalidated since a time. True if that is forgotten. */
  mayInclude(tags: ReadonlySet<string>, since: number): boolean {
    if (since <= this.#unknownUpTo) return true;
    for (let i = this.#recent.length - 1; i >= 0; i--) {
      const invalidation = this.#recent[i] as Invalidation;
      if (invalidation.at < since) return false;
      for (const tag of expanded(invalidation.tags)) if (tags.has(tag)) return true;
    }
    return false;
  }

  /** If there are too many, forgets invalidations before a time, and as many of the others as it must. */
  forget(before: number): void {
    if (this.#size < TAGS_MAX) return;
    let [forgotten, size] = [0, this.#size];
    for (const { at, tags } of this.#recent) {
      if (at >= before && size < TAGS_MAX / 2) break;
      forgotten++;
      size -= tags.size;
    }
    this.#forgetFirst(forgotten, this.#recent[forgotten - 1]?.at ?? this.#unknownUpTo);
  }

  #forgetFirst(count: number, unknownUpTo: number): void {
    this.#recent = this.#recent.slice(count);
    this.#size = this.#recent.reduce((size, { tags }) => size + tags.size, 0);
    this.#unknownUpTo = unknownUpTo;
  }
}

/** The tags as entries of the cache have them. */
export function* expanded(tags: Exclude<InvalidatedTags, 'ALL'>): Generator<string> {
  for (const [tag, columns] of tags) {
    yield tag;
    for (const column of columns) yield `${tag}#${column}`;
  }
}

/**
 * Returns a function to call before a cached value is used. It calls `drop` if another process has changed the database
 * since its last call. Null if the store cannot tell.
 */
export function watchExternalWrites(db: Database, drop: () => void): (() => void) | null {
  let changes = db.changesElsewhere();
  if (changes === null) return null;
  return () => {
    const now = db.changesElsewhere();
    if (now !== changes) drop();
    changes = now;
  };
}
