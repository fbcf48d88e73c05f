/** What one instance tells the others, with how far Redis had come when it passed it on. */
export interface Message {
  readonly from: string;
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
export const GONE_MS = 600_000;

/** Whether anything that the others have told may have been missed. */
export class Heard {
  /** Up to which touch everything was heard; null: nobody knows. */
  #count: number | null = null;
  /** When each instance was there, by this process' clock. */
  readonly #lastSigns = new Map<string, number>();
  /** Those whom Redis knows; null: it has not said since the connection was lost. */
  #instances: readonly string[] | null = null;

  /** Answers whether something was missed before it. `signedAt`: when its sender was there; null: that is not said. */
  note({ from, kind, count }: Pick<Message, 'from' | 'kind' | 'count'>, signedAt: number | null): boolean {
    const before = kind === 'TOUCHED' ? count - 1 : count;
    const isMissing = this.#count !== before;
    this.#count = count;
    if (kind === 'LEAVING') this.#lastSigns.delete(from);
    else if (signedAt !== null) this.#lastSigns.set(from, signedAt);
    return isMissing;
  }

  /** Takes note of whom Redis knows: of one that cannot reach it any more, nothing may ever have been heard. */
  know(instances: readonly string[]): void {
    this.#instances = instances;
  }

  /** After the connection was lost: something may be said that is not heard, and Redis may be another one. */
  lose(): void {
    this.#count = null;
    this.#instances = null;
  }

  /** Whether everybody who is known was there a moment ago. */
  hasEverybody(now: number): boolean {
    if (this.#count === null || this.#instances === null) return false;
    for (const name of this.#instances) if (!this.#lastSigns.has(name)) return false;
    for (const signedAt of this.#lastSigns.values()) if (now - signedAt >= SILENT_MS_MAX) return false;
    return true;
  }

  /** Whether as many touches have been heard. */
  hasAll(count: number): boolean {
    return this.#count !== null && this.#count >= count;
  }

  /** Forgets who has been silent for long; answers whether somebody has, whose last word may have been lost. */
  forgetGone(now: number): boolean {
    let isGone = false;
    for (const [name, signedAt] of this.#lastSigns) {
      if (now - signedAt <= GONE_MS) continue;
      this.#lastSigns.delete(name);
      isGone = true;
    }
    return isGone;
  }
}
