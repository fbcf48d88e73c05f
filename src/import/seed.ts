import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../package-root.ts';
import { StartError } from '../start-error.ts';
import { statement, type Tx } from '../store/index.ts';
import { instantOfIso } from '../text/iso-instant.ts';
import { type ImportDeps, readDocument, writeAgain } from './import-document.ts';
import { saveDocument } from './save-document.ts';

/** Where the seed lies: thread documents, and `captured-at` with the instant from which their phrases count back. */
const SEED_FOLDER = path.join(packageRoot, 'seed');

/**
 * Fills an empty database with the seed's discussions, all or none, and answers how many they are. A database with a
 * discussion, a comment or an author is never touched: 0. Of two servers that start at once on one database only one
 * seeds; the other finds its rows, or loses the race for their keys and then finds them.
 */
export async function seedIfEmpty(deps: ImportDeps, folder: string = SEED_FOLDER): Promise<number> {
  // a read: an ordinary start does not load what writes
  const [known] = await deps.db.read.all(anyRow, []);
  if (known) return 0;
  const documents = await readSeed(folder);
  return writeAgain(deps.db, async (tx) => {
    if (!(await isEmpty(tx))) return 0;
    for (const document of documents) await saveDocument(tx, deps.newId, document);
    return documents.length;
  });
}

const anyRow = statement<{ id: string }>(
  'import.anyRow',
  'SELECT id FROM discussion UNION ALL SELECT id FROM comment UNION ALL SELECT id FROM author LIMIT 1',
);

async function isEmpty(tx: Tx): Promise<boolean> {
  const select = { id: true };
  const row =
    (await tx.discussion.findFirst({ select })) ??
    (await tx.comment.findFirst({ select })) ??
    (await tx.author.findFirst({ select }));
  return row === null;
}

async function readSeed(folder: string) {
  const capturedAt = path.join(folder, 'captured-at');
  const asOf = instantOfIso(await readFile(capturedAt, 'utf8'));
  if (!asOf) throw new StartError(`${capturedAt} does not hold an ISO 8601 date.`);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md')).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(path.join(folder, name), 'utf8');
      return readDocument(text, { fileName: path.join(folder, name), asOf }).prepared;
    }),
  );
}
