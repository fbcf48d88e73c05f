/** Slugs in the first query. Almost always the first one is the entry's, or free. */
const FIRST_SLUGS = 4;

/** The stored entry, or the first free slug for a new one. */
type FoundEntry<Row> = { readonly row: Row } | { readonly row: null; readonly slug: string };

/**
 * Finds an entry among those whose slugs are `base`, `base-2`, `base-3`, …: entries of different names may have the same
 * slug but for its number.
 */
export async function findEntry<Row extends { readonly slug: string }>(
  base: string,
  bySlugs: (slugs: string[]) => Promise<Row[]>,
  isSame: (row: Row) => boolean,
): Promise<FoundEntry<Row>> {
  for (let from = 1, count = FIRST_SLUGS; ; from += count, count *= 4) {
    const slugs = Array.from({ length: count }, (_, i) => (from + i === 1 ? base : `${base}-${from + i}`));
    const rows = await bySlugs(slugs);
    const row = rows.find(isSame);
    if (row) return { row };
    const taken = new Set(rows.map(({ slug }) => slug));
    const free = slugs.find((slug) => !taken.has(slug));
    if (free !== undefined) return { row: null, slug: free };
  }
}
