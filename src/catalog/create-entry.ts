import type { Context } from '../kit/context.ts';
import { insertNew, type Transaction } from '../kit/db/index.ts';
import { enforce } from '../kit/verdict.ts';
import { requireWriter } from '../kit/viewer.ts';
import { write } from '../kit/write.ts';
import { mayKeepCatalogue } from './catalog-rules.ts';
import {
  changesIn,
  type EntryChanges,
  type EntryInput,
  type EntryKind,
  slugFor,
  slugIsTaken,
  TYPE_OF,
} from './entry.ts';

/** `createProduct`, `createCategory` and `createTag`. Answers the row's id. */
export async function createEntry(
  ctx: Context,
  kind: EntryKind,
  input: EntryInput & { readonly name: string },
): Promise<{ id: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input: a slug that is null is one that is not wished for
  const { name = '', slug: wished, ...more } = changesIn({ ...input, slug: input.slug ?? undefined });
  const slug = slugFor(kind, name, wished);
  // rule
  enforce(mayKeepCatalogue(viewer));

  return write(ctx, `create${TYPE_OF[kind]}`, input, async (tx) => {
    // change: of several at once the first adds it, and the others wait for that one and find it there
    const id = ctx.newId();
    if (!(await INSERT[kind](tx, { id, name, slug }, more)))
      throw slugIsTaken(kind, slug, wished !== undefined);
    return { id };
  });
}

type Insert = (
  tx: Transaction,
  row: { readonly id: string; readonly name: string; readonly slug: string },
  more: Pick<EntryChanges, 'url' | 'isAnswerable'>,
) => Promise<boolean>;

const INSERT: Readonly<Record<EntryKind, Insert>> = {
  product: (tx, row, { url }) => insertNew(tx, 'product', { ...row, ...(url !== undefined && { url }) }),
  category: (tx, row, more) => insertNew(tx, 'category', { ...row, ...more }),
  tag: (tx, row) => insertNew(tx, 'tag', row),
};
