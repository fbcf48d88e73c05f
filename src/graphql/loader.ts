import type { Context } from '../access/context.ts';
import { chain, type Loader, type MaybePromise } from './execution/index.ts';

/**
 * The request's loader of this name: what is loaded in one level is fetched by one call of `batch`, and what was
 * fetched is cached for the rest of the request. The name must tell apart everything that `batch` closes over.
 */
export function loader<V>(
  ctx: Context,
  name: string,
  batch: (ctx: Context, keys: readonly string[]) => MaybePromise<readonly V[]>,
): Loader<V> {
  return ctx.loaders.named(name, (keys) => batch(ctx, keys));
}

/** What a nullable reference leads to; null if it is null. */
export function referenced<V>(
  id: string | null,
  load: (id: string) => Promise<V | null>,
): Promise<V | null> | null {
  return id === null ? null : load(id);
}

/** The rows in the order of their keys; null for a key that has no row. */
export function inOrderOf<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): (Row | null)[] {
  // most often a store answers every key, in their order
  if (rows.length === keys.length && rows.every((row, i) => keyOf(row) === keys[i])) return [...rows];
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => byKey.get(key) ?? null);
}

/** One list of rows for each key, in the order of the rows; an empty list for a key that has none. */
export function groupedBy<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): Row[][] {
  const groups = new Map<string, Row[]>(keys.map((key) => [key, []]));
  for (const row of rows) groups.get(keyOf(row))?.push(row);
  return keys.map((key) => groups.get(key) ?? []);
}

/** `inOrderOf` for rows that may still be pending: what most batches return. */
export function rowsInOrder<Row>(
  keys: readonly string[],
  rows: MaybePromise<readonly Row[]>,
  keyOf: (row: Row) => string,
): MaybePromise<(Row | null)[]> {
  return chain(rows as MaybePromise<Row[]>, (found) => inOrderOf(keys, found, keyOf));
}

/** `groupedBy` for rows that may still be pending. */
export function rowsByKey<Row>(
  keys: readonly string[],
  rows: MaybePromise<readonly Row[]>,
  keyOf: (row: Row) => string,
): MaybePromise<Row[][]> {
  return chain(rows as MaybePromise<Row[]>, (found) => groupedBy(keys, found, keyOf));
}
