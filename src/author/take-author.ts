import { statement, type Transaction } from '../kit/db/index.ts';
import { globalId, nothingHas } from '../kit/global-id.ts';
import type { Role } from '../kit/viewer.ts';

export interface TakenAuthor {
  readonly id: string;
  readonly role: Role;
}

const byId = statement<TakenAuthor>(
  'author.take',
  (d) => `SELECT id, role FROM author WHERE id = ? ${d.forUpdate}`,
);

/** Reads an author and takes the row: nobody else changes it until the transaction ends. Throws NOT_FOUND. */
export async function takeAuthor(tx: Transaction, id: string, field: string): Promise<TakenAuthor> {
  const [author] = await tx.all(byId, [id]);
  if (!author) throw nothingHas(globalId('Author', id), field);
  return author;
}

/** No index serves this: admins are few among many authors, and it is asked only when one of them is to be one no more. */
const admins = statement<{ id: string }>(
  'author.takeAdmins',
  (d) => `SELECT id FROM author WHERE role = 'ADMIN' ORDER BY id ${d.forUpdate}`,
);

/** Takes all admins, always in one order: two of them who take the role from each other do it one after the other. */
export async function takeAdmins(tx: Transaction): Promise<string[]> {
  return (await tx.all(admins, [])).map(({ id }) => id);
}
