import type { Context } from '../kit/context.ts';
import { deleteRows } from '../kit/db/index.ts';
import { requiredRowId } from '../kit/global-id.ts';
import { enforce } from '../kit/verdict.ts';
import { requireWriter } from '../kit/viewer.ts';
import { type MutationInput, write } from '../kit/write.ts';
import { mayDeleteEntry, mayKeepCatalogue } from './catalog-rules.ts';
import type { EntryTable } from './create-entry.ts';
import { ENTRY_TYPES, takeEntry, useOf } from './take-entry.ts';

/** Removes a product, a category or a tag that nothing needs. Answers the id that it had. */
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
  enforce(mayKeepCatalogue(viewer));
  // input
  const field = `input.${table}Id`;
  const entryId = requiredRowId(ENTRY_TYPES[table], id, field);

  return write(ctx, mutation, input, async (tx) => {
    // load
    await takeEntry(tx, table, entryId, field, 'forDelete');
    // rule
    enforce(mayDeleteEntry(await useOf(tx, table, entryId)), field);
    // change
    await deleteRows(tx, table, { id: entryId });
    return { deletedId: id };
  });
}
