import type { NewId, Tx } from '../../store/index.ts';
import { slugOf } from '../../text/slug.ts';
import { findEntry } from './find-entry.ts';
import { type ImportedEntry, isSameEntry } from './imported-entry.ts';

/** Finds or adds a product or a category. Returns its row id. A stored name or URL stays. */
export async function saveImportedEntry(
  tx: Tx,
  newId: NewId,
  kind: 'product' | 'category',
  entry: ImportedEntry,
): Promise<string> {
  // both have the columns of an entry
  const table = tx[kind] as Tx['product'];
  const found = await findEntry(
    entry.slug,
    (slugs) => table.findMany({ where: { slug: { in: slugs } }, orderBy: { id: 'asc' } }),
    (row) => isSameEntry(row, entry),
  );
  const { row } = found;
  if (row === null) return (await table.create({ data: { id: newId(), ...entry, slug: found.slug } })).id;
  if (row.url === null && entry.url !== null) {
    await table.update({ where: { id: row.id }, data: { url: entry.url } });
  }
  return row.id;
}

/** Finds or adds the tags with these names. Returns their row ids, each once. */
export async function saveImportedTags(tx: Tx, newId: NewId, names: readonly string[]): Promise<string[]> {
  const ids = new Set<string>();
  for (const name of names) {
    const found = await findEntry(
      slugOf(name, 'tag'),
      (slugs) => tx.tag.findMany({ where: { slug: { in: slugs } }, orderBy: { id: 'asc' } }),
      (row) => isSameEntry(row, { name, url: null }),
    );
    const row = found.row ?? (await tx.tag.create({ data: { id: newId(), slug: found.slug, name } }));
    ids.add(row.id);
  }
  return [...ids];
}
