import type { Role } from '../../access/viewer.ts';
import { globalId, unknownId } from '../../graphql/global-id.ts';
import { statement, type Transaction } from '../../store/index.ts';

interface LockedAuthor {
  readonly id: string;
  readonly role: Role;
}

const byId = statement<LockedAuthor>(
  'author.forUpdate',
  (d) => `SELECT id, role FROM author WHERE id = ? ${d.forUpdate}`,
);

/** Reads the author of an input and locks the row until the transaction ends. Throws NOT_FOUND with the field. */
export async function lockAuthorForUpdate(tx: Transaction, id: string): Promise<LockedAuthor> {
  const [author] = await tx.all(byId, [id]);
  if (!author) throw unknownId(globalId('Author', id), 'input.authorId');
  return author;
}

/** No index serves this: it runs only when an admin loses the role. */
const admins = statement<{ id: string }>(
  'author.adminsForUpdate',
  (d) => `SELECT id FROM author WHERE role = 'ADMIN' ORDER BY id ${d.forUpdate}`,
);

/** Locks all admins in one order, so that two who take the role from each other do so one after the other. */
export async function lockAdminsForUpdate(tx: Transaction): Promise<string[]> {
  return (await tx.all(admins, [])).map(({ id }) => id);
}
