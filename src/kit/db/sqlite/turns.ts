/** A queue in which one at a time has its turn, in the order of asking. */
export class Turns {
  readonly #queue: (() => void)[] = [];
  #isTaken = false;

  /** Whether somebody waits behind the one whose turn it is. */
  get hasNext(): boolean {
    return this.#queue.length > 0;
  }

  /** Resolves when it is the caller's turn; the answer ends it and must be called once. */
  async take(): Promise<() => void> {
    if (this.#isTaken) await new Promise<void>((resolve) => this.#queue.push(resolve));
    this.#isTaken = true;
    return () => {
      const next = this.#queue.shift();
      if (next) next();
      else this.#isTaken = false;
    };
  }
}
