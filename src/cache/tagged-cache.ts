// What was made from the database once and would be made again exactly so: answers, and rows. Each is kept with the marks
// of everything that was read for it, and goes as soon as a commit touches one of them.
import type { Touched } from '../store/index.ts';
import { AskedLately } from './asked-lately.ts';
import { RecentTouches } from './recent-touches.ts';

/** What something turned out to depend on while it was made. */
export interface Draft {
  readonly startedAt: number;
  readonly marks: Set<string>;
  /** Whether who asked made a difference, or could have. */
  usesViewer: boolean;
  /** Whether the time of day did. */
  usesTime: boolean;
}

export interface TaggedCacheParts {
  readonly bytesMax: number;
  /** How long something may be given again, as things are at the moment. */
  readonly ageMsMax: () => number;
  /** How far behind the commits that are told of the reads may have been: a replica's lag. */
  readonly lagMs: number;
  /** How long something may take to be made; what has taken longer is not kept. */
  readonly makingMsMax: number;
  /** Milliseconds that only go forward. */
  readonly now?: () => number;
}

/** Words such as "5 minutes ago" may be given again for so long: nobody reads more closely. */
const TIME_MS_MAX = 1000;
/** What depends on more than this is not worth its index. */
const MARKS_MAX = 5_000;
/** About what a mark costs in both maps. */
const MARK_BYTES = 100;
/** Of how many questions at least it is remembered that they were asked. */
const ASKED_MIN = 5_000;
/** The share of its room from which on the cache chooses what it keeps. */
const FULL = 0.9;

interface Entry {
  readonly value: unknown;
  readonly forGuestsOnly: boolean;
  readonly startedAt: number;
  readonly usesTime: boolean;
  readonly marks: readonly string[];
  bytes: number;
}

export class TaggedCache {
  readonly #parts: TaggedCacheParts;
  readonly #now: () => number;
  /** The least recently used first, as far as it counts: see `find`. */
  readonly #entries = new Map<string, Entry>();
  /** Most marks are those of one entry: a set for each would be most of what is kept. */
  readonly #keysByMark = new Map<string, string | Set<string>>();
  /**
   * How many marks there are of a scope: of `TABLE@VALUE` and `TABLE@VALUE#C` for each `TABLE@VALUE`. Most that is
   * touched nobody depends on, and each look into maps of this size waits for memory.
   */
  readonly #marksOf = new Map<string, number>();
  readonly #asked = new AskedLately();
  /** What is being made, the oldest first. */
  readonly #drafts = new Set<Draft>();
  readonly #touches = new RecentTouches();
  #bytes = 0;

  constructor(parts: TaggedCacheParts) {
    this.#parts = parts;
    this.#now = parts.now ?? (() => performance.now());
  }

  /** What is kept under a key, if it may be given to who asks. */
  find(key: string, isGuest: boolean): unknown {
    const entry = this.#entries.get(key);
    if (!entry) return null;
    const ageMsMax = this.#parts.ageMsMax();
    if (this.#now() - entry.startedAt >= (entry.usesTime ? Math.min(TIME_MS_MAX, ageMsMax) : ageMsMax)) {
      this.#remove(key, entry);
      return null;
    }
    if (entry.forGuestsOnly && !isGuest) return null;
    // who was asked for last counts once something will have to go; to put an entry last costs as much as all before
    if (this.#bytes >= FULL * this.#parts.bytesMax) {
      this.#entries.delete(key);
      this.#entries.set(key, entry);
    }
    return entry.value;
  }

  /** Whether something is kept under a key, for whomever and however old. */
  has(key: string): boolean {
    return this.#entries.has(key);
  }

  /**
   * Whether an answer is worth keeping, which costs as much again as to make it. While there is room, any; then only one
   * that is asked for again within as many questions as there are entries.
   */
  isWorthKeeping(key: string): boolean {
    if (this.#bytes < FULL * this.#parts.bytesMax) return true;
    return this.#asked.note(key, this.#entries.size);
  }

  /** Whether something is asked for again within the last questions, of which there are some thousands. */
  isAskedAgain(key: string): boolean {
    return this.#asked.note(key, Math.max(this.#entries.size, ASKED_MIN));
  }

  /** To be filled in while something is made. */
  draft(): Draft {
    const startedAt = this.#now();
    this.#giveUp(startedAt);
    const draft = { startedAt, marks: new Set<string>(), usesViewer: false, usesTime: false };
    this.#drafts.add(draft);
    return draft;
  }

  /** What was begun is not to be kept. Until this is said, or its time is over, each commit notes what it touches for it. */
  discard(draft: Draft): void {
    this.#drafts.delete(draft);
  }

  /** Keeps something that takes so much room, unless a commit has touched what it was made of while it was made. */
  keep(key: string, draft: Draft, isGuest: boolean, value: unknown, valueBytes: number): void {
    // one that has taken too long is not among them any more
    if (!this.#drafts.delete(draft)) return;
    if ((draft.usesViewer && !isGuest) || draft.marks.size > MARKS_MAX) return;
    if (this.#touches.mayInclude(draft.marks, draft.startedAt - this.#parts.lagMs)) return;
    const bytes = 2 * key.length + valueBytes + draft.marks.size * MARK_BYTES;
    if (bytes > this.#parts.bytesMax / 8) return;
    const known = this.#entries.get(key);
    if (known) this.#remove(key, known);
    const entry: Entry = {
      ...{ value, bytes, marks: [...draft.marks] },
      forGuestsOnly: draft.usesViewer,
      startedAt: draft.startedAt,
      usesTime: draft.usesTime,
    };
    this.#entries.set(key, entry);
    this.#bytes += bytes;
    for (const mark of entry.marks) {
      const keys = this.#keysByMark.get(mark);
      if (keys === undefined) this.#keysByMark.set(mark, key);
      else if (typeof keys === 'string') this.#keysByMark.set(mark, new Set([keys, key]));
      else keys.add(key);
      this.#count(mark, 1);
    }
    this.#makeRoom();
  }

  /** Counts room that something has come to take besides. False: it is no longer kept. */
  grow(key: string, value: unknown, bytes: number): boolean {
    const entry = this.#entries.get(key);
    if (!entry || entry.value !== value) return false;
    entry.bytes += bytes;
    this.#bytes += bytes;
    this.#makeRoom();
    return this.#entries.get(key) === entry;
  }

  /** Drops what a commit has touched. */
  touch(touched: Touched): void {
    const at = this.#now();
    if (touched === 'ALL') {
      this.#touches.noteAll(at);
      this.#entries.clear();
      this.#keysByMark.clear();
      this.#marksOf.clear();
      this.#bytes = 0;
      return;
    }
    for (const [mark, columns] of touched) {
      // without columns it is a row's id, which is no scope; a value may hold a `#` itself
      const isScope = columns.length > 0 && !mark.includes('#');
      if (isScope && !this.#marksOf.has(mark)) continue;
      this.#drop(mark);
      for (const column of columns) this.#drop(`${mark}#${column}`);
    }
    this.#giveUp(at);
    // what is begun later reads what has been touched, except from a replica
    if (this.#drafts.size > 0 || this.#parts.lagMs > 0) this.#touches.note(touched, at);
    this.#touches.forget(at - this.#parts.makingMsMax - this.#parts.lagMs);
  }

  /** How many are being made, those included that were begun and will never be kept, until they are given up. */
  get beingMade(): number {
    return this.#drafts.size;
  }

  /** How many are kept. */
  get size(): number {
    return this.#entries.size;
  }

  /** Whose making broke off is neither kept nor discarded. */
  #giveUp(at: number): void {
    for (const draft of this.#drafts) {
      if (at - draft.startedAt <= this.#parts.makingMsMax) break;
      this.#drafts.delete(draft);
    }
  }

  #drop(mark: string): void {
    const keys = this.#keysByMark.get(mark) ?? [];
    for (const key of typeof keys === 'string' ? [keys] : keys) {
      const entry = this.#entries.get(key);
      if (entry) this.#remove(key, entry);
    }
  }

  #count(mark: string, change: 1 | -1): void {
    if (!mark.includes('@')) return;
    const end = mark.lastIndexOf('#');
    const scope = end === -1 ? mark : mark.slice(0, end);
    const count = (this.#marksOf.get(scope) ?? 0) + change;
    if (count > 0) this.#marksOf.set(scope, count);
    else this.#marksOf.delete(scope);
  }

  #makeRoom(): void {
    for (const [oldest, old] of this.#entries) {
      if (this.#bytes <= this.#parts.bytesMax) break;
      this.#remove(oldest, old);
    }
  }

  #remove(key: string, entry: Entry): void {
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
    for (const mark of entry.marks) {
      const keys = this.#keysByMark.get(mark);
      this.#count(mark, -1);
      if (keys === key) this.#keysByMark.delete(mark);
      else if (keys instanceof Set && keys.delete(key) && keys.size === 0) this.#keysByMark.delete(mark);
    }
  }
}
