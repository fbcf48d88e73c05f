import type { Context } from '../kit/context.ts';
import { isUniqueViolation, type MaybePromise, type Transaction, updateRows } from '../kit/db/index.ts';
import { nothingHas, requiredRowId } from '../kit/global-id.ts';
import { enforce } from '../kit/verdict.ts';
import { requireWriter } from '../kit/viewer.ts';
import { write } from '../kit/write.ts';
import { mayKeepCatalogue } from './catalog-rules.ts';
import {
  changesIn,
  type EntryChanges,
  type EntryInput,
  type EntryKind,
  slugIsTaken,
  TYPE_OF,
} from './entry.ts';
import { takeEntry } from './take-entry.ts';

/** `updateProduct`, `updateCategory` and `updateTag`. Answers the row's id. */
export async function updateEntry(
  ctx: Context,
  kind: EntryKind,
  globalId: string,
  input: EntryInput,
): Promise<{ id: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const field = `input.${kind}Id`;
  const id = requiredRowId(TYPE_OF[kind], globalId, field);
  const changes = changesIn(input);
  // rule
  enforce(mayKeepCatalogue(viewer));

  try {
    return await write(ctx, `update${TYPE_OF[kind]}`, input, async (tx) => {
      // load
      if (!(await takeEntry(tx, kind, id))) throw nothingHas(globalId, field);
      // change
      if (Object.keys(changes).length > 0) await UPDATE[kind](tx, id, changes);
      return { id };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw slugIsTaken(kind, changes.slug ?? '', true);
    throw error;
  }
}

type Update = (tx: Transaction, id: string, set: EntryChanges) => MaybePromise<number>;

const UPDATE: Readonly<Record<EntryKind, Update>> = {
  product: (tx, id, set) => updateRows(tx, 'product', { id }, set),
  category: (tx, id, set) => updateRows(tx, 'category', { id }, set),
  tag: (tx, id, set) => updateRows(tx, 'tag', { id }, set),
};
