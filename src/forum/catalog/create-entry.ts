import type { Context } from '../../access/context.ts';
import { conflict, type Refusal } from '../../access/errors.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { type MutationInput, write } from '../../access/write.ts';
import { insertNew, statement, type Transaction } from '../../store/index.ts';
import { checkedSlug, slugOf } from '../../text/slug.ts';
import { checkedName } from '../../text/text-rules.ts';
import { checkedUrl, PAGE_URL } from '../../text/url-rule.ts';
import { ENTRY_NAME, mayEditCatalog } from './catalog-rules.ts';
import { findEntry } from './find-entry.ts';
import { isSameEntry } from './imported-entry.ts';

export type EntryTable = 'product' | 'category' | 'tag';

/** A new entry of any of the three tables. Tags have neither `url` nor `isAnswerable`. */
interface NewEntry extends MutationInput {
  readonly name: string;
  readonly slug?: string | null | undefined;
  readonly url?: string | null | undefined;
  readonly isAnswerable?: boolean | undefined;
}

/** Adds a product, a category or a tag. Returns the row's id. */
export async function createEntry(
  ctx: Context,
  mutation: string,
  table: EntryTable,
  input: NewEntry,
): Promise<{ entryId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // rule
  enforce(mayEditCatalog(viewer));
  // input
  const name = checkedName(input.name, ENTRY_NAME, 'input.name');
  const chosen = input.slug ? checkedSlug(input.slug, 'input.slug') : null;
  const url = input.url ? checkedUrl(input.url, PAGE_URL, 'input.url') : undefined;
  const { isAnswerable } = input;

  return write(ctx, mutation, input, async (tx) => {
    // change
    const entryId = ctx.newId();
    for (;;) {
      const slug = chosen ?? (await freeSlugFor(tx, table, name));
      const row = {
        id: entryId,
        slug,
        name,
        ...(url && { url }),
        ...(isAnswerable !== undefined && { isAnswerable }),
      };
      if (await insertNew(tx, table, row)) return { entryId };
      // a concurrent writer may take the same derived slug: the insert waits for it, and the loop looks again
      if (chosen !== null) throw slugTaken(table, chosen, 'input.slug');
    }
  });
}

interface SlugHolder {
  readonly slug: string;
  readonly name: string;
}

const slugHolders = (table: EntryTable) =>
  statement<SlugHolder>(
    `catalog.slugHolders ${table}`,
    (d) => `SELECT slug, name FROM ${table} WHERE ${d.inList('slug')}`,
  );
const SLUG_HOLDERS = {
  product: slugHolders('product'),
  category: slugHolders('category'),
  tag: slugHolders('tag'),
};

/** The slug of a name, with a number if an entry of another name has it. Throws CONFLICT if one of the same name does. */
async function freeSlugFor(tx: Transaction, table: EntryTable, name: string): Promise<string> {
  const found = await findEntry(
    slugOf(name, table),
    async (slugs) => [...(await tx.all(SLUG_HOLDERS[table], [slugs]))],
    (row) => isSameEntry(row, { name, url: null }),
  );
  if (found.row !== null) throw slugTaken(table, found.row.slug, 'input.name');
  return found.slug;
}

function slugTaken(table: EntryTable, slug: string, field: string): Refusal {
  return conflict(
    `A ${table} with the slug "${slug}" already exists: use that one, or choose another \`slug\`.`,
    field,
  );
}
