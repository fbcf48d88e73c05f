import type { Role } from '../../access/viewer.ts';
import { globalId, unknownId } from '../../graphql/global-id.ts';
import { statement, type Transaction } from '../../store/index.ts';

export interface LockedAuthor {
  readonly id: string;
  readonly role: Role;
}

const byId = statement<LockedAuthor>(
  'author.take',
  (d) => `SELECT id, role FROM author WHERE id = ? ${d.forUpdate}`,
);

/** Reads an author and takes the row: nobody else changes it until the transaction ends. Throws NOT_FOUND. */
export async function lockAuthorForUpdate(tx: Transaction, id: string, field: string): Promise<LockedAuthor> {
  const [author] = await tx.all(byId, [id]);
  if (!author) throw unknownId(globalId('Author', id), field);
  return author;
}

/** No index serves this: admins are few among many authors, and it is asked only when one of them is to be one no more. */
const admins = statement<{ id: string }>(
  'author.takeAdmins',
  (d) => `SELECT id FROM author WHERE role = 'ADMIN' ORDER BY id ${d.forUpdate}`,
);

/** Takes all admins, always in one order: two of them who take the role from each other do it one after the other. */
export async function lockAdminsForUpdate(tx: Transaction): Promise<string[]> {
  return (await tx.all(admins, [])).map(({ id }) => id);
}
