import type { Context } from '../kit/context.ts';
import { deleteRows, statement, type Transaction } from '../kit/db/index.ts';
import { conflict } from '../kit/errors.ts';
import { nothingHas, requiredRowId } from '../kit/global-id.ts';
import { enforce } from '../kit/verdict.ts';
import { requireWriter } from '../kit/viewer.ts';
import { type MutationInput, write } from '../kit/write.ts';
import { mayKeepCatalogue } from './catalog-rules.ts';
import { type EntryKind, TYPE_OF } from './entry.ts';
import { takeEntry } from './take-entry.ts';

/**
 * `deleteProduct`, `deleteCategory` and `deleteTag`. What a discussion is about is never taken from it silently: a
 * product or a category goes when no discussion that can be seen has it. A tag is a mark, and is taken off.
 */
export async function deleteEntry(
  ctx: Context,
  kind: EntryKind,
  globalId: string,
  input: MutationInput,
): Promise<{ id: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const field = `input.${kind}Id`;
  const id = requiredRowId(TYPE_OF[kind], globalId, field);
  // rule
  enforce(mayKeepCatalogue(viewer));

  return write(ctx, `delete${TYPE_OF[kind]}`, input, async (tx) => {
    // load
    if (!(await takeEntry(tx, kind, id))) throw nothingHas(globalId, field);
    // rule
    if (kind !== 'tag') await refuseWhileUsed(tx, kind, id, field);
    // change: the database takes it off deleted discussions, tagged ones and vendors
    await deleteRows(tx, kind, { id });
    return { id };
  });
}

const inUse = (kind: 'product' | 'category') =>
  statement<{ id: string }>(
    `catalog.discussionOf ${kind}`,
    `SELECT id FROM discussion WHERE ${kind}_id = ? AND deleted_at IS NULL LIMIT 1`,
  );
const IN_USE = { product: inUse('product'), category: inUse('category') };
const moderated = statement<{ id: string }>(
  'catalog.moderatorOf',
  'SELECT author_id AS "id" FROM moderated_category WHERE category_id = ? LIMIT 1',
);

async function refuseWhileUsed(
  tx: Transaction,
  kind: 'product' | 'category',
  id: string,
  field: string,
): Promise<void> {
  if ((await tx.all(IN_USE[kind], [id])).length > 0)
    throw conflict(`There are discussions of this ${kind}: move them to another one first.`, field);
  // a moderator who loses the last category would keep order in all of them
  if (kind === 'category' && (await tx.all(moderated, [id])).length > 0)
    throw conflict('Moderators are set over this category: give them other ones first.', field);
}
