/** What one instance tells the others, with how far Redis had come when it passed it on. */
export interface Message {
  /** Null: a command, which writes and does not stay. */
  readonly from: string | null;
  readonly kind: 'TOUCHED' | 'ALIVE' | 'LEAVING';
  /** TOUCHED alone has it. */
  readonly touched?: readonly (readonly [mark: string, columns: readonly string[]])[] | 'ALL';
  /** How many touches Redis has counted, this one included. */
  readonly count: number;
  /** Redis' time in milliseconds; null: it has come too late to say that its sender is there. */
  readonly at: number | null;
}

/** Within the second that an answer may be old on another instance. */
export const SILENT_MS_MAX = 900;
/** An instance that has been silent for so long has been taken down without a word. */
const GONE_MS = 600_000;

interface Instance {
  /** By this process' clock. */
  heardAt: number;
  /** By Redis' clock; null: not since the connection was lost. */
  at: number | null;
}

/** Whether anything that the others have told may have been missed. */
export class Heard {
  /** Up to which touch everything was heard; null: nobody knows. */
  #count: number | null = null;
  readonly #instances = new Map<string, Instance>();

  /** Answers whether something was missed before it. */
  note({ from, kind, count, at }: Message, now: number): boolean {
    const before = kind === 'TOUCHED' ? count - 1 : count;
    const isMissing = this.#count !== before;
    this.#count = count;
    if (from === null) return isMissing;
    if (kind === 'LEAVING') this.#instances.delete(from);
    else if (at !== null) this.#instances.set(from, { heardAt: now, at });
    else if (!this.#instances.has(from)) this.#instances.set(from, { heardAt: now - SILENT_MS_MAX, at });
    return isMissing;
  }

  /** After the connection was lost: something may be said that is not heard, and Redis may be another one. */
  lose(): void {
    this.#count = null;
    for (const instance of this.#instances.values()) instance.at = null;
  }

  /** Whether everybody who is known was heard a moment ago. */
  hasEverybody(now: number): boolean {
    if (this.#count === null) return false;
    for (const { heardAt } of this.#instances.values()) if (now - heardAt >= SILENT_MS_MAX) return false;
    return true;
  }

  /** Whether everything had been heard at a moment of Redis', when it had counted so many touches. */
  hasAll(count: number, at: number): boolean {
    if (this.#count === null || this.#count < count) return false;
    for (const instance of this.#instances.values())
      if (instance.at === null || at - instance.at >= SILENT_MS_MAX) return false;
    return true;
  }

  /** Forgets who has been silent for long; answers whether somebody has, whose last word may have been lost. */
  forgetGone(now: number): boolean {
    let isGone = false;
    for (const [name, { heardAt }] of this.#instances) {
      if (now - heardAt <= GONE_MS) continue;
      this.#instances.delete(name);
      isGone = true;
    }
    return isGone;
  }
}
