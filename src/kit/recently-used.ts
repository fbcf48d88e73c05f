/** A map of a fixed size: what was used longest ago makes room for what is new. */
export class RecentlyUsed<K, V> {
  readonly #max: number;
  // two halves: what is asked of the old one moves to the new one, and the old one is dropped when the new one is full
  #young = new Map<K, V>();
  #old = new Map<K, V>();

  constructor(max: number) {
    this.#max = max;
  }

  get(key: K): V | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: K, value: V): void {
    this.#young.set(key, value);
    if (this.#young.size * 2 <= this.#max) return;
    this.#old = this.#young;
    this.#young = new Map();
  }
}
