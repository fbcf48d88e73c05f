import type { Context } from '../../access/context.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { type MutationInput, write } from '../../access/write.ts';
import { requiredRowId } from '../../graphql/global-id.ts';
import { deleteRows } from '../../store/index.ts';
import { mayDeleteEntry, mayEditCatalog } from './catalog-rules.ts';
import type { EntryTable } from './create-entry.ts';
import { ENTRY_TYPES, lockEntryForUpdate, useOf } from './entry-for-update.ts';

/** Deletes a product, a category or a tag that nothing refers to. Returns the id that it had. */
export async function deleteEntry(
  ctx: Context,
  mutation: string,
  table: EntryTable,
  input: MutationInput,
  id: string,
): Promise<{ deletedId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // rule
  enforce(mayEditCatalog(viewer));
  // input
  const field = `input.${table}Id`;
  const entryId = requiredRowId(ENTRY_TYPES[table], id, field);

  return write(ctx, mutation, input, async (tx) => {
    // load
    await lockEntryForUpdate(tx, table, entryId, field, 'toDelete');
    // rule
    enforce(mayDeleteEntry(await useOf(tx, table, entryId)), field);
    // change
    await deleteRows(tx, table, { id: entryId });
    return { deletedId: id };
  });
}
