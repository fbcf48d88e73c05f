import { createHash } from 'node:crypto';

/** Which questions were asked lately, in two halves: the old one is forgotten when the young one is full. */
export class AskedLately {
  #young = new Set<string>();
  #old = new Set<string>();

  /** Notes a question; answers whether it was among the last `among` or so. */
  note(question: string, among: number): boolean {
    // clients make questions up, as long as they like: nothing is kept of their text
    const key = createHash('sha256').update(question).digest('base64');
    const isKnown = this.#young.has(key) || this.#old.has(key);
    this.#young.add(key);
    if (this.#young.size * 2 > among) {
      this.#old = this.#young;
      this.#young = new Set();
    }
    return isKnown;
  }
}
