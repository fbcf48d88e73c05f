import type { NewId, Tx } from '../../store/index.ts';
import { slugOf } from '../../text/slug.ts';

/** A product or a category as an imported document names it. */
export interface ImportedEntry {
  readonly slug: string;
  readonly name: string;
  /** Null if the document gives no link. */
  readonly url: string | null;
}

/** Finds or adds the product with this slug. Returns its row id. A stored name or URL stays. */
export async function saveImportedProduct(tx: Tx, newId: NewId, entry: ImportedEntry): Promise<string> {
  const row = await tx.product.findUnique({ where: { slug: entry.slug } });
  if (!row) return (await tx.product.create({ data: { id: newId(), ...entry } })).id;
  if (row.url === null && entry.url !== null) {
    await tx.product.update({ where: { id: row.id }, data: { url: entry.url } });
  }
  return row.id;
}

/** The same for a category. */
export async function saveImportedCategory(tx: Tx, newId: NewId, entry: ImportedEntry): Promise<string> {
  const row = await tx.category.findUnique({ where: { slug: entry.slug } });
  if (!row) return (await tx.category.create({ data: { id: newId(), ...entry } })).id;
  if (row.url === null && entry.url !== null) {
    await tx.category.update({ where: { id: row.id }, data: { url: entry.url } });
  }
  return row.id;
}

/** Finds or adds the tags with these names. Returns their row ids. Names with the same slug are one tag. */
export async function saveImportedTags(tx: Tx, newId: NewId, names: readonly string[]): Promise<string[]> {
  const nameOf = new Map(names.map((name) => [slugOf(name, 'tag'), name]));
  if (nameOf.size === 0) return [];
  const known = await tx.tag.findMany({ where: { slug: { in: [...nameOf.keys()] } } });
  for (const { slug } of known) nameOf.delete(slug);
  const created = [...nameOf].map(([slug, name]) => ({ id: newId(), slug, name }));
  if (created.length > 0) await tx.tag.createMany({ data: created });
  return [...known, ...created].map(({ id }) => id);
}
