// What a statement declares where it is defined, for cache tags: see cache-tags.ts. test/support/declarations.ts checks it
// against the statement's SQL. Lookup columns are those in a key or an index: changes name the values of no other column.

/** One table that a statement reads. */
export interface Reads {
  readonly table: string;
  /**
   * For each parameter the lookup column that equals it, or one of its members, in every row found; null: none. `id`: rows
   * are found by their own ids, and depend on nothing else.
   */
  readonly by?: readonly (string | null)[];
  /**
   * The other columns that decide which rows are found and in which order. Only where each answered row holds the id of
   * the row that it shows, or shows nothing of it, as a count does. If omitted, any change of these rows counts.
   */
  readonly columns?: readonly string[];
  /** For a table that is joined by its own id: the property of the answered rows that holds this id. */
  readonly id?: string;
}

/** What a change does to its table. */
export interface Writes {
  readonly table: string;
  /** The columns that it sets; null: it adds or removes rows. */
  readonly sets: readonly string[] | null;
  /** For each parameter the column that it is stored in, or that equals it in every changed row; null: none. */
  readonly by: readonly (string | null)[];
}

/** What a commit invalidates: `ID`, and `TABLE@VALUE` with the columns that changed in these rows. ALL: everything. */
export type InvalidatedTags = ReadonlyMap<string, readonly string[]> | 'ALL';
