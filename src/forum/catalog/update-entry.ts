import type { Context } from '../../access/context.ts';
import { badInput } from '../../access/errors.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { type MutationInput, write } from '../../access/write.ts';
import { requiredRowId } from '../../graphql/global-id.ts';
import { updateRows } from '../../store/index.ts';
import { checkedName } from '../../text/text-rules.ts';
import { checkedUrl, PAGE_URL } from '../../text/url-rule.ts';
import { ENTRY_NAME, mayEditCatalog } from './catalog-rules.ts';
import type { EntryTable } from './create-entry.ts';
import { ENTRY_TYPES, lockEntryForUpdate } from './entry-for-update.ts';

/** Changes to an entry. Omitted members stay. */
interface EntryChange extends MutationInput {
  readonly name?: string | null | undefined;
  readonly url?: string | null | undefined;
  readonly isAnswerable?: boolean | null | undefined;
}

/** Updates a product, a category or a tag. The slug never changes, so URLs stay valid. Returns the row's id. */
export async function updateEntry(
  ctx: Context,
  mutation: string,
  table: EntryTable,
  input: EntryChange,
  id: string,
): Promise<{ entryId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // rule
  enforce(mayEditCatalog(viewer));
  // input
  const field = `input.${table}Id`;
  const entryId = requiredRowId(ENTRY_TYPES[table], id, field);
  const set = changesIn(input);

  return write(ctx, mutation, input, async (tx) => {
    // load
    await lockEntryForUpdate(tx, table, entryId, field);
    // change
    if (Object.keys(set).length > 0) await updateRows(tx, table, { id: entryId }, set);
    return { entryId };
  });
}

function changesIn({ name, url, isAnswerable }: EntryChange) {
  if (name === null) throw badInput('A name cannot be null.', 'input.name');
  if (isAnswerable === null) throw badInput('`isAnswerable` cannot be null.', 'input.isAnswerable');
  return {
    ...(name !== undefined && { name: checkedName(name, ENTRY_NAME, 'input.name') }),
    ...(url !== undefined && { url: url === null ? null : checkedUrl(url, PAGE_URL, 'input.url') }),
    ...(isAnswerable !== undefined && { isAnswerable }),
  };
}
