// What statements declare for cache tags: see cache-tags.ts. test/support/declarations.ts checks the declarations
// against the SQL. Lookup columns are those in a key or an index; changes name only the values of these.

/** One table that a statement reads. */
export interface Reads {
  readonly table: string;
  /**
   * For each parameter, the lookup column that equals it (or one of its members) in every row found; null if there is
   * none. Rows that are found by `id` depend on nothing else.
   */
  readonly by?: readonly (string | null)[];
  /**
   * The other columns that decide which rows are found and in which order. If omitted, any change of these rows counts.
   * Declare them only if each returned row has the id of the row that it shows, or shows none, as a count does.
   */
  readonly columns?: readonly string[];
  /** For a table that is joined by its id: the property of the returned rows that holds this id. */
  readonly id?: string;
  /** Changes of these rows invalidate no answer. Answers expire after this time. */
  readonly staleMs?: number;
}

/** What a change writes. */
export interface Writes {
  readonly table: string;
  /** The columns that it sets. Null if it adds or removes rows. */
  readonly sets: readonly string[] | null;
  /**
   * For each parameter, the column that it is stored in, or that equals it in every changed row; null if there is none.
   */
  readonly by: readonly (string | null)[];
}

/**
 * What a commit invalidates: `ID`, and `TABLE@VALUE` with the columns that changed in these rows. ALL is everything.
 */
export type InvalidatedTags = ReadonlyMap<string, readonly string[]> | 'ALL';
