/** One way to sort a table: a column, then the id in the same direction, so that no two rows are equal. */
export interface SortOrder {
  /** Unique among the orders of its table; it stands in cursors. */
  readonly name: string;
  /** The column in SQL, and the row's property that holds it. */
  readonly column: string;
  readonly property: string;
  readonly ascending: boolean;
  readonly kind: 'int' | 'float' | 'time' | 'text';
}
