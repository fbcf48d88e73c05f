// The plain INSERT, UPDATE and DELETE, written from an object and prepared once for each set of columns. Tables and
// columns are typed by Prisma's models, so that a name that is not in prisma/models does not compile.
import type { Prisma } from '../../generated/sqlite/client.ts';
import type { Change, MaybePromise, Param, Transaction } from './database.ts';
import { change } from './statement.ts';

/** What a new row of each table takes, by Prisma's models; relations are left out, foreign keys are columns. */
interface Rows {
  account: Prisma.AccountUncheckedCreateInput;
  api_key: Prisma.ApiKeyUncheckedCreateInput;
  author: Prisma.AuthorUncheckedCreateInput;
  category: Prisma.CategoryUncheckedCreateInput;
  comment: Prisma.CommentUncheckedCreateInput;
  comment_mention: Prisma.CommentMentionUncheckedCreateInput;
  comment_revision: Prisma.CommentRevisionUncheckedCreateInput;
  comment_vote: Prisma.CommentVoteUncheckedCreateInput;
  discussion: Prisma.DiscussionUncheckedCreateInput;
  discussion_mention: Prisma.DiscussionMentionUncheckedCreateInput;
  discussion_revision: Prisma.DiscussionRevisionUncheckedCreateInput;
  discussion_tag: Prisma.DiscussionTagUncheckedCreateInput;
  discussion_vote: Prisma.DiscussionVoteUncheckedCreateInput;
  external_identity: Prisma.ExternalIdentityUncheckedCreateInput;
  idempotency_key: Prisma.IdempotencyKeyUncheckedCreateInput;
  mail_token: Prisma.MailTokenUncheckedCreateInput;
  moderated_category: Prisma.ModeratedCategoryUncheckedCreateInput;
  pin: Prisma.PinUncheckedCreateInput;
  product: Prisma.ProductUncheckedCreateInput;
  related_link: Prisma.RelatedLinkUncheckedCreateInput;
  session: Prisma.SessionUncheckedCreateInput;
  tag: Prisma.TagUncheckedCreateInput;
  vendor_product: Prisma.VendorProductUncheckedCreateInput;
}

export type Table = keyof Rows;

/** The columns of a row whose values are parameters: neither relations nor JSON. */
type Columns<T extends Table> = {
  [K in keyof Rows[T] as Extract<Rows[T][K], Param | undefined> extends never ? never : K]: Extract<
    Rows[T][K],
    Param | undefined
  >;
};
type Some<T extends Table> = Partial<Columns<T>>;

/** Adds a row. Members that are undefined take the column's default. */
export async function insertRow<T extends Table>(tx: Transaction, table: T, row: Columns<T>): Promise<void> {
  const [names, values] = given(row);
  await tx.run(insert(table, names, ''), values);
}

/** Adds a row unless a unique key of the table has its value already; answers whether it did. Waits for whoever is adding the same. */
export async function insertNew<T extends Table>(
  tx: Transaction,
  table: T,
  row: Columns<T>,
): Promise<boolean> {
  const [names, values] = given(row);
  return (await tx.run(insert(table, names, ' ON CONFLICT DO NOTHING'), values)) > 0;
}

/** Changes the rows that have all of `where`'s values; answers how many there were. */
export function updateRows<T extends Table>(
  tx: Transaction,
  table: T,
  where: Some<T>,
  set: Some<T>,
): MaybePromise<number> {
  const [names, values] = given(set);
  const [keys, wanted] = given(where);
  const text = `UPDATE ${table} SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE ${equal(keys)}`;
  return tx.run(kept(text), [...values, ...wanted]);
}

/** Removes the rows that have all of `where`'s values; answers how many there were. */
export function deleteRows<T extends Table>(tx: Transaction, table: T, where: Some<T>): MaybePromise<number> {
  const [keys, wanted] = given(where);
  return tx.run(kept(`DELETE FROM ${table} WHERE ${equal(keys)}`), wanted);
}

const statements = new Map<string, Change>();

function kept(text: string): Change {
  const known = statements.get(text) ?? change(text, text);
  statements.set(text, known);
  return known;
}

function insert(table: Table, names: readonly string[], ending: string): Change {
  const marks = names.map(() => '?').join(', ');
  return kept(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${marks})${ending}`);
}

const equal = (names: readonly string[]) => names.map((name) => `${name} = ?`).join(' AND ');

const columns = new Map<string, string>();

/** Columns are named as Prisma's fields are, in lower case with underscores. */
function columnOf(field: string): string {
  const known = columns.get(field) ?? field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  columns.set(field, known);
  return known;
}

function given(row: object): [names: string[], values: Param[]] {
  const entries = Object.entries(row).filter(([, value]) => value !== undefined);
  return [entries.map(([name]) => columnOf(name)), entries.map(([, value]) => value as Param)];
}
