// Keys that are missing or out of date: of authors from before there were keys, or written by an older version that
// runs beside this one.
import { type Database, statement, type Transaction } from '../../store/index.ts';
import { insertNameKeys, type Named, nameKeysOf, replaceNameKeys } from './name-keys.ts';

const withoutKeys = statement<Named>(
  'author.withoutNameKeys',
  (d) => `SELECT t.id, t.handle, t.name FROM author t WHERE t.id > ?
    AND (t.handle IS NOT NULL OR t.name IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM author_name_key k WHERE k.id = t.id) ORDER BY t.id LIMIT ?
    ${d.forUpdate && `${d.forUpdate} OF t`}`,
);

/** Other writers wait for a batch on SQLite: a few hundredths of a second. */
const BATCH = 200;

/** Makes the keys of all authors who have none. Returns their number. A start calls it; nothing is left to do at the next. */
export async function fillNameKeys(db: Database): Promise<number> {
  let filled = 0;
  for (let after = ''; ; ) {
    const from = after;
    const authors = await db.transaction(async (tx) => {
      const found = await tx.all(withoutKeys, [from, BATCH]);
      // another instance may have made them while this one waited for the rows
      await insertNameKeys(tx, ...found);
      return found;
    });
    const last = authors.at(-1);
    if (!last) return filled;
    // a name without letters has none
    filled += authors.filter((author) => nameKeysOf(author).length > 0).length;
    after = last.id;
  }
}

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
