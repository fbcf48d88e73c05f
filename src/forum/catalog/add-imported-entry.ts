import { insertNew, statement, type Transaction } from '../../store/index.ts';
import { slugOf } from '../../text/slug.ts';
import type { EntryTable } from './create-entry.ts';
import { findEntry } from './find-entry.ts';
import { isSameEntry } from './imported-entry.ts';

/** A product, a category or a tag of an export. Tags have neither `url` nor `isAnswerable`. */
export interface NewImportedEntry {
  readonly id: string;
  readonly name: string;
  /** Null: made from the name. */
  readonly slug: string | null;
  readonly url?: string | null;
  readonly isAnswerable?: boolean;
}

interface StoredEntry {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

const bySlugs = (table: EntryTable) =>
  statement<StoredEntry>(
    `catalog.bySlugs ${table}`,
    (d) => `SELECT id, slug, name FROM ${table} WHERE ${d.inList('slug')} ORDER BY id`,
  );
const BY_SLUGS = { product: bySlugs('product'), category: bySlugs('category'), tag: bySlugs('tag') };

/** Finds the entry that has the same name and slug, or adds it. Returns its row id. */
export async function addImportedEntry(
  tx: Transaction,
  table: EntryTable,
  { slug, ...entry }: NewImportedEntry,
): Promise<string> {
  for (;;) {
    const found = await findEntry(
      slug ?? slugOf(entry.name, table),
      async (slugs) => [...(await tx.all(BY_SLUGS[table], [slugs]))],
      (row) => isSameEntry(row, { name: entry.name, url: null }),
    );
    if (found.row !== null) return found.row.id;
    // a concurrent writer may take the slug: the insert waits for it, and the loop looks again
    if (await insertNew(tx, table, { ...entry, slug: found.slug })) return entry.id;
  }
}
