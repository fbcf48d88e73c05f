// Keys that are missing or out of date: of authors from before there were keys, or written by an older version that
// runs beside this one.
import { type Database, statement, type Transaction } from '../../store/index.ts';
import { type Named, nameKeysOf, replaceNameKeys } from './name-keys.ts';

/** Authors in one statement. */
const BATCH = 200;

const authorsAfter = statement<Named>(
  'author.namedAfter',
  'SELECT t.id, t.handle, t.name FROM author t WHERE t.id > ? ORDER BY t.id LIMIT ?',
);
const keysOf = statement<{ id: string; key: string }>(
  'author.nameKeysOf',
  (d) => `SELECT k.id, k.key FROM author_name_key k WHERE ${d.inList('k.id')} ORDER BY k.id, k.key`,
);
const forUpdate = statement<Named>(
  'author.namedForUpdate',
  (d) => `SELECT t.id, t.handle, t.name FROM author t WHERE t.id = ? ${d.forUpdate}`,
);

/** The ids of the authors whose keys are not those of their handle and name. */
export async function* findStaleNameKeys(db: Database): AsyncGenerator<string> {
  for (let after = ''; ; ) {
    const authors = await db.read.all(authorsAfter, [after, BATCH]);
    const keys = await db.read.all(keysOf, [authors.map(({ id }) => id)]);
    for (const author of authors) {
      const own = keys.filter(({ id }) => id === author.id);
      // a write between the two statements looks like a difference
      if (differ(author, own) && (await db.transaction((tx) => isStale(tx, author.id)))) yield author.id;
    }
    const last = authors.at(-1);
    if (!last) return;
    after = last.id;
  }
}

function differ(author: Named, keys: readonly { key: string }[]): boolean {
  // both engines sort bytes, JavaScript UTF-16: compare as sets
  const expected = new Set(nameKeysOf(author));
  return keys.length !== expected.size || keys.some(({ key }) => !expected.has(key));
}

async function isStale(tx: Transaction, id: string): Promise<boolean> {
  const [author] = await tx.all(forUpdate, [id]);
  return author !== undefined && differ(author, await tx.all(keysOf, [[id]]));
}

/** Makes the keys of an author anew. */
export async function mendNameKeys(db: Database, id: string): Promise<void> {
  await db.transaction(async (tx) => {
    const [author] = await tx.all(forUpdate, [id]);
    if (author) await replaceNameKeys(tx, author);
  });
}
