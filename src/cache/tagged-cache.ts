// Values computed from the database. Each entry has the cache tags of everything that was read for it, and is dropped
// when one of them is invalidated.
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { InvalidatedTags } from '../store/index.ts';
import { expanded, RecentInvalidations } from './recent-invalidations.ts';

/** What a value depends on. */
export interface Dependencies {
  readonly startedAt: number;
  readonly tags: ReadonlySet<string>;
  /** When it expires even if nothing is written. */
  readonly expiresAt: number;
}

interface TaggedCacheSettings {
  readonly bytesMax: number;
  /** The maximum age of an entry at the moment. */
  readonly ageMsMax: () => number;
  /** The maximum lag of reads behind the commits that invalidate them, on a replica. */
  readonly lagMs: number;
  /** A value that took longer to compute is not stored. */
  readonly makingMsMax: number;
  /** A monotonic clock, in milliseconds. */
  readonly now?: () => number;
}

/** A value with more tags is not worth its index. */
const TAGS_MAX = 5_000;
/** The approximate size of a tag in the entry and in the index. */
const TAG_BYTES = 100;
/** Above this share of its size, the cache stores only what is requested again within this many lookups. */
const FULL = 0.9;
const REQUESTED_MAX = 5_000;

interface Entry<V> extends Omit<Dependencies, 'tags'> {
  readonly value: V;
  readonly bytes: number;
  readonly tags: readonly string[];
}

export class TaggedCache<V> {
  readonly #settings: TaggedCacheSettings;
  readonly #now: () => number;
  #entries: LRUCache<string, Entry<V>>;
  /** Most tags belong to one entry: a set for each would take most of the memory. */
  readonly #keysByTag = new Map<string, string | Set<string>>();
  readonly #recent = new RecentInvalidations();
  readonly #requested = new LRUCache<string, true>({ max: REQUESTED_MAX });

  constructor(settings: TaggedCacheSettings) {
    this.#settings = settings;
    this.#now = settings.now ?? (() => performance.now());
    this.#entries = this.#noEntries();
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The clock of `startedAt` and `expiresAt`. */
  now(): number {
    return this.#now();
  }

  find(key: string): V | null {
    const entry = this.#entries.get(key);
    if (!entry) return null;
    const now = this.#now();
    if (now < entry.expiresAt && now - entry.startedAt < this.#settings.ageMsMax()) return entry.value;
    this.#entries.delete(key);
    return null;
  }

  /**
   * Whether to store the value of a missing key. Storing costs half as much as computing. A nearly full cache stores
   * only keys that are requested twice: otherwise values that are requested once displace popular ones.
   */
  isWorthStoring(key: string): boolean {
    if (this.#entries.calculatedSize < FULL * this.#settings.bytesMax) return true;
    // clients choose the length of keys
    const hash = createHash('sha256').update(key).digest('base64');
    if (this.#requested.has(hash)) return true;
    this.#requested.set(hash, true);
    return false;
  }

  /** Stores a value, unless a tag of it may have been invalidated since its computation began. */
  store(key: string, dependencies: Dependencies, value: V, valueBytes: number): void {
    const { startedAt, expiresAt, tags } = dependencies;
    const { lagMs, makingMsMax } = this.#settings;
    if (tags.size > TAGS_MAX || this.#now() - startedAt > makingMsMax) return;
    if (this.#recent.mayInclude(tags, startedAt - lagMs)) return;
    const bytes = 2 * key.length + valueBytes + tags.size * TAG_BYTES;
    this.#set(key, { value, bytes, startedAt, expiresAt, tags: [...tags] });
  }

  /** Replaces a value that is still cached by one that is `moreBytes` larger. */
  replace(key: string, old: V, value: V, moreBytes: number): void {
    const entry = this.#entries.peek(key);
    if (entry?.value === old) this.#set(key, { ...entry, value, bytes: entry.bytes + moreBytes });
  }

  /** Drops the entries with these tags, and prevents the storing of those being computed. */
  invalidate(invalidated: InvalidatedTags): void {
    const at = this.#now();
    this.#recent.add(invalidated, at);
    if (invalidated === 'ALL') {
      this.#keysByTag.clear();
      // `clear` would remove every tag of every entry from the index
      this.#entries = this.#noEntries();
      return;
    }
    if (this.size > 0) for (const tag of expanded(invalidated)) this.#drop(tag);
    this.#recent.forget(at - this.#settings.makingMsMax - this.#settings.lagMs);
  }

  #noEntries(): LRUCache<string, Entry<V>> {
    const maxSize = this.#settings.bytesMax;
    return new LRUCache({
      maxSize,
      maxEntrySize: Math.ceil(maxSize / 8),
      sizeCalculation: ({ bytes }) => bytes,
      dispose: (entry, key) => this.#removeFromIndex(entry, key),
    });
  }

  #set(key: string, entry: Entry<V>): void {
    this.#entries.set(key, entry);
    if (this.#entries.peek(key) !== entry) return; // too large
    for (const tag of entry.tags) {
      const keys = this.#keysByTag.get(tag);
      if (keys === undefined) this.#keysByTag.set(tag, key);
      else if (typeof keys === 'string') this.#keysByTag.set(tag, new Set([keys, key]));
      else keys.add(key);
    }
  }

  #drop(tag: string): void {
    const keys = this.#keysByTag.get(tag);
    if (keys === undefined) return;
    for (const key of typeof keys === 'string' ? [keys] : keys) this.#entries.delete(key);
  }

  #removeFromIndex({ tags }: Entry<V>, key: string): void {
    for (const tag of tags) {
      const keys = this.#keysByTag.get(tag);
      if (keys === key) this.#keysByTag.delete(tag);
      else if (keys instanceof Set && keys.delete(key) && keys.size === 0) this.#keysByTag.delete(tag);
    }
  }
}
