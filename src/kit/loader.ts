import DataLoader from 'dataloader';
import type { Context } from './context.ts';
import type { MaybePromise } from './db/index.ts';

/** Fetches the values of many keys at once, in the order of the keys. */
export type Batch<V> = (ctx: Context, keys: readonly string[]) => MaybePromise<readonly V[]>;

/**
 * The request's loader of this name: what is asked of it in one tick is fetched by one call of `batch`, and what was
 * fetched is kept for the rest of the request. The name must tell apart everything that `batch` closes over.
 */
export function loader<V>(ctx: Context, name: string, batch: Batch<V>): DataLoader<string, V> {
  const known = ctx.loaders.get(name);
  if (known) return known as DataLoader<string, V>;
  const made = new DataLoader<string, V>(async (keys) => batch(ctx, keys));
  ctx.loaders.set(name, made as DataLoader<string, unknown>);
  return made;
}

/** Puts rows in the order of the keys that they were asked by; null where there is no row. */
export function inOrderOf<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): (Row | null)[] {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => byKey.get(key) ?? null);
}

/** Puts rows into one list for each key, in the order of the rows; an empty list where a key has none. */
export function groupedBy<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): Row[][] {
  const groups = new Map<string, Row[]>(keys.map((key) => [key, []]));
  for (const row of rows) groups.get(keyOf(row))?.push(row);
  return keys.map((key) => groups.get(key) ?? []);
}

/** What a nullable reference leads to: null where there is none. */
export function referenced<V>(
  id: string | null,
  load: (id: string) => Promise<V | null>,
): Promise<V | null> | null {
  return id === null ? null : load(id);
}
