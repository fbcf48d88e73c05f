// What was made from the database once and would be made again exactly so. Each entry has the cache tags of everything
// that was read for it, and is dropped as soon as one of them is invalidated.
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { InvalidatedTags } from '../store/index.ts';
import { RecentInvalidations } from './recent-invalidations.ts';

/** What something turned out to depend on while it was made. */
export interface Dependencies {
  readonly startedAt: number;
  readonly tags: ReadonlySet<string>;
  /** When it is out of date even if nothing is written. */
  readonly expiresAt: number;
}

export interface TaggedCacheSettings {
  readonly bytesMax: number;
  /** How long an entry may be used, as things are at the moment. */
  readonly ageMsMax: () => number;
  /** How far reads may be behind the commits that invalidate: a replica's lag. */
  readonly lagMs: number;
  /** What has taken longer to make is not stored. */
  readonly makingMsMax: number;
  /** Milliseconds that only go forward. */
  readonly now?: () => number;
}

/** What depends on more than this is not worth its index. */
const TAGS_MAX = 5_000;
/** About what a tag takes in the entry and in the index. */
const TAG_BYTES = 100;
/** From this share of its size on, the cache stores only what is asked for again within so many lookups. */
const FULL = 0.9;
const ASKED_MAX = 5_000;

interface Entry<V> extends Omit<Dependencies, 'tags'> {
  readonly value: V;
  readonly bytes: number;
  readonly tags: readonly string[];
}

export class TaggedCache<V> {
  readonly #settings: TaggedCacheSettings;
  readonly #now: () => number;
  #entries: LRUCache<string, Entry<V>>;
  /** Most tags are those of one entry: a set for each would be most of the memory. */
  readonly #keysByTag = new Map<string, string | Set<string>>();
  readonly #recent = new RecentInvalidations();
  readonly #asked = new LRUCache<string, true>({ max: ASKED_MAX });

  constructor(settings: TaggedCacheSettings) {
    this.#settings = settings;
    this.#now = settings.now ?? (() => performance.now());
    this.#entries = this.#noEntries();
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The time by which dependencies begin and expire. */
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
   * Whether to store what was not found, which costs half as much as making it. Once the cache is nearly full, only what
   * is asked for again soon: what everybody asks for once would displace what is asked for often.
   */
  isWorthStoring(key: string): boolean {
    if (this.#entries.calculatedSize < FULL * this.#settings.bytesMax) return true;
    // clients make up keys of any length
    const hash = createHash('sha256').update(key).digest('base64');
    if (this.#asked.has(hash)) return true;
    this.#asked.set(hash, true);
    return false;
  }

  /** Stores a value, unless what it depends on may have been invalidated since its making began. */
  store(key: string, dependencies: Dependencies, value: V, valueBytes: number): void {
    const { startedAt, expiresAt, tags } = dependencies;
    const { lagMs, makingMsMax } = this.#settings;
    if (tags.size > TAGS_MAX || this.#now() - startedAt > makingMsMax) return;
    if (this.#recent.mayInclude(tags, startedAt - lagMs)) return;
    const bytes = 2 * key.length + valueBytes + tags.size * TAG_BYTES;
    this.#set(key, { value, bytes, startedAt, expiresAt, tags: [...tags] });
  }

  /** Puts a value that takes so many bytes more in the place of one that is still there. */
  replace(key: string, old: V, value: V, moreBytes: number): void {
    const entry = this.#entries.peek(key);
    if (entry?.value === old) this.#set(key, { ...entry, value, bytes: entry.bytes + moreBytes });
  }

  /** Drops what depends on these tags, now or while it is being made. */
  invalidate(invalidated: InvalidatedTags): void {
    const at = this.#now();
    if (invalidated === 'ALL') {
      this.#recent.addAll(at);
      this.#keysByTag.clear();
      // not `clear`, which would look up every tag of every entry
      this.#entries = this.#noEntries();
      return;
    }
    for (const [tag, columns] of invalidated) {
      this.#drop(tag, at);
      for (const column of columns) this.#drop(`${tag}#${column}`, at);
    }
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

  #drop(tag: string, at: number): void {
    this.#recent.add(tag, at);
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
