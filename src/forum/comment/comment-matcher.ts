/** How many stored comments with one key are tried for one comment of an import. */
const TRIED_MAX = 50;

/** A comment of an import, by its index, and a stored one that may be the same. */
export interface Pair<Comment, Row> {
  readonly i: number;
  readonly comment: Comment;
  readonly row: Row;
}

type KeyOf<Of> = (of: Of) => string | null;

/** Finds the stored comments of an import's comments, in passes. Each stored comment is used once. */
export class CommentMatcher<Comment, Row> {
  /** The stored comment of each. Null: none was found yet. */
  readonly found: (Row | null)[];
  readonly #comments: readonly Comment[];
  readonly #stored: readonly Row[];
  readonly #fits: (comment: Comment, row: Row) => boolean;
  readonly #used = new Set<Row>();

  /** Comments that do not fit never match. */
  constructor(
    comments: readonly Comment[],
    stored: readonly Row[],
    fits: (comment: Comment, row: Row) => boolean = () => true,
  ) {
    this.#comments = comments;
    this.#stored = stored;
    this.#fits = fits;
    this.found = comments.map(() => null);
  }

  /** Matches comments and rows with equal keys, in their order. A null key matches nothing. */
  matchEqual(
    keyOf: KeyOf<Comment>,
    keyOfRow: KeyOf<Row>,
    fits: (comment: Comment, row: Row) => boolean = () => true,
  ): void {
    const byKey = this.#unusedBy(keyOfRow);
    this.#comments.forEach((comment, i) => {
      const key = this.found[i] ? null : keyOf(comment);
      const rows = key === null ? undefined : byKey.get(key);
      const at =
        rows?.slice(0, TRIED_MAX).findIndex((row) => this.#fits(comment, row) && fits(comment, row)) ?? -1;
      const row = rows?.[at];
      if (!row) return;
      rows?.splice(at, 1);
      this.#match(i, row);
    });
  }

  /** The pairs of comments and rows with equal keys that are not matched yet. */
  pairs(
    keyOf: KeyOf<Comment>,
    keyOfRow: KeyOf<Row>,
    fits: (comment: Comment, row: Row) => boolean,
  ): Pair<Comment, Row>[] {
    const byKey = this.#unusedBy(keyOfRow);
    return this.#comments.flatMap((comment, i) => {
      const key = this.found[i] ? null : keyOf(comment);
      const rows = (key === null ? undefined : byKey.get(key)) ?? [];
      const fitting = rows.filter((row) => this.#fits(comment, row) && fits(comment, row));
      return fitting.slice(0, TRIED_MAX).map((row) => ({ i, comment, row }));
    });
  }

  /** Matches pairs, those with the shortest distance first. */
  matchNearest(pairs: readonly (Pair<Comment, Row> & { readonly distance: number })[]): void {
    for (const { i, row } of pairs.toSorted((a, b) => a.distance - b.distance))
      if (!this.found[i] && !this.#used.has(row)) this.#match(i, row);
  }

  #match(i: number, row: Row): void {
    this.found[i] = row;
    this.#used.add(row);
  }

  #unusedBy(keyOf: KeyOf<Row>): Map<string, Row[]> {
    const byKey = new Map<string, Row[]>();
    for (const row of this.#stored) {
      const key = this.#used.has(row) ? null : keyOf(row);
      if (key === null) continue;
      const rows = byKey.get(key);
      if (rows) rows.push(row);
      else byKey.set(key, [row]);
    }
    return byKey;
  }
}
