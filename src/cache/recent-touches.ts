/** What was touched lately is remembered up to here, some ten megabytes, however much is written. */
const TOUCHED_MAX = 100_000;

/** When what was touched last, for what is being made meanwhile of reads that may have come before. */
export class RecentTouches {
  readonly #touchedAt = new Map<string, number>();
  readonly #touches: { readonly at: number; readonly marks: readonly string[] }[] = [];
  #allTouchedAt = Number.NEGATIVE_INFINITY;
  /** What was touched before this is forgotten. */
  #rememberedFrom = Number.NEGATIVE_INFINITY;

  note(touched: ReadonlyMap<string, readonly string[]>, at: number): void {
    const marks: string[] = [];
    for (const [mark, columns] of touched) {
      marks.push(mark);
      for (const column of columns) marks.push(`${mark}#${column}`);
    }
    for (const mark of marks) this.#touchedAt.set(mark, at);
    this.#touches.push({ at, marks });
  }

  noteAll(at: number): void {
    this.#allTouchedAt = at;
  }

  /** Whether one of these may have been touched since: also where that is forgotten. */
  mayInclude(marks: Iterable<string>, since: number): boolean {
    if (this.#allTouchedAt >= since || since <= this.#rememberedFrom) return true;
    for (const mark of marks)
      if ((this.#touchedAt.get(mark) ?? Number.NEGATIVE_INFINITY) >= since) return true;
    return false;
  }

  /** Forgets what was touched before a moment, and the oldest where there is too much. */
  forget(before: number): void {
    for (let oldest = this.#touches[0]; oldest; oldest = this.#touches[0]) {
      if (oldest.at >= before && this.#touchedAt.size <= TOUCHED_MAX) break;
      this.#touches.shift();
      this.#rememberedFrom = oldest.at;
      for (const mark of oldest.marks)
        if (this.#touchedAt.get(mark) === oldest.at) this.#touchedAt.delete(mark);
    }
  }
}
