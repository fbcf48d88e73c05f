import { insertNew, statement, type Transaction, updateRows } from '../../store/index.ts';
import { createAuthor } from './create-author.ts';
import { insertNameKeys, type Named, replaceNameKeys } from './name-keys.ts';
import { DESCRIPTION, type ImportedAuthor } from './save-imported-authors.ts';

/** An author of an export, with the row ids of the scope of the role. */
export interface NewImportedAuthor extends Omit<ImportedAuthor, 'role'> {
  readonly id: string;
  readonly role: NonNullable<ImportedAuthor['role']>;
  /** Null: cannot be mentioned. A taken one gets a number. */
  readonly handle: string | null;
  readonly createdAt: Date;
  readonly categoryIds: readonly string[];
  readonly productIds: readonly string[];
}

type Described = Named & Pick<ImportedAuthor, (typeof DESCRIPTION)[number]>;

const describedById = statement<Described>(
  'author.described',
  (
    d,
  ) => `SELECT t.id, t.handle, t.name, t.title, t.company, t.company_segment AS "companySegment", t.industry,
    t.avatar_url AS "avatarUrl" FROM author t WHERE t.id = ? ${d.forUpdate}`,
);

/** Adds an author with the scope of the role. The external id is free. */
export async function addImportedAuthor(tx: Transaction, author: NewImportedAuthor): Promise<void> {
  const { categoryIds, productIds, ...row } = author;
  if (row.handle !== null) await createAuthor(tx, row);
  else if (await insertNew(tx, 'author', row)) await insertNameKeys(tx, row);
  const authorId = row.id;
  for (const categoryId of categoryIds) await insertNew(tx, 'moderated_category', { authorId, categoryId });
  for (const productId of productIds) await insertNew(tx, 'vendor_product', { authorId, productId });
}

/** Fills an author's empty columns: imports never overwrite local edits or roles. Returns whether any was. */
export async function fillImportedAuthor(
  tx: Transaction,
  id: string,
  author: Pick<ImportedAuthor, (typeof DESCRIPTION)[number]>,
): Promise<boolean> {
  const [row] = await tx.all(describedById, [id]);
  if (!row) return false;
  const news = DESCRIPTION.filter((name) => row[name] === null && author[name] !== null);
  if (news.length === 0) return false;
  await updateRows(tx, 'author', { id }, Object.fromEntries(news.map((name) => [name, author[name]])));
  if (news.includes('name')) await replaceNameKeys(tx, { ...row, name: author.name });
  return true;
}
