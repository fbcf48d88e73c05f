import type { Context } from '../../access/context.ts';
import { conflict } from '../../access/errors.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { type MutationInput, write } from '../../access/write.ts';
import { insertNew } from '../../store/index.ts';
import { checkedSlug, SLUG_CHARS_MAX, slugOf } from '../../text/slug.ts';
import { checkedName } from '../../text/text-rules.ts';
import { checkedUrl, PAGE_URL } from '../../text/url-rule.ts';
import { ENTRY_NAME, mayEditCatalog } from './catalog-rules.ts';

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
  const slug = input.slug
    ? checkedSlug(input.slug, 'A slug', SLUG_CHARS_MAX, 'input.slug')
    : slugOf(name, table);
  const url = input.url ? checkedUrl(input.url, PAGE_URL, 'input.url') : undefined;
  const { isAnswerable } = input;

  return write(ctx, mutation, input, async (tx) => {
    // change
    const entryId = ctx.newId();
    const row = {
      id: entryId,
      slug,
      name,
      ...(url && { url }),
      ...(isAnswerable !== undefined && { isAnswerable }),
    };
    if (!(await insertNew(tx, table, row)))
      throw conflict(
        `A ${table} with the slug "${slug}" already exists: use that one, or choose another \`slug\`.`,
        input.slug ? 'input.slug' : 'input.name',
      );
    return { entryId };
  });
}
