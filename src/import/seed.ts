import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../package-root.ts';
import { StartError } from '../start-error.ts';
import { statement } from '../store/index.ts';
import { capturedAtOf } from './find-files.ts';
import { type ImportDeps, readDocument, writeWithRetry } from './import-document.ts';
import { saveDocument } from './save-document.ts';

/** Contains thread documents, and in `captured-at` the instant from which their relative times count back. */
const SEED_FOLDER = path.join(packageRoot, 'seed');

/**
 * Fills an empty database with the seed's discussions, in one transaction, and returns their number. Returns 0 and
 * changes nothing if there is a discussion, a comment or an author. If two servers start at once on one database, one
 * seeds and the other finds its rows.
 */
export async function seedIfEmpty(deps: ImportDeps): Promise<number> {
  // a plain read, so that an ordinary start does not load Prisma
  const [row] = await deps.db.read.all(anyRow, []);
  if (row) return 0;
  const documents = await readSeed(deps.imageHosts);
  return writeWithRetry(deps.db, async (tx) => {
    const rows = await tx.$queryRawUnsafe<object[]>(anyRow.text[deps.db.engine]);
    if (rows.length > 0) return 0;
    for (const document of documents) await saveDocument(tx, deps.newId, document);
    return documents.length;
  });
}

const anyRow = statement<{ id: string }>(
  'import.anyRow',
  'SELECT id FROM discussion UNION ALL SELECT id FROM comment UNION ALL SELECT id FROM author LIMIT 1',
);

async function readSeed(imageHosts: ImportDeps['imageHosts']) {
  const asOf = await capturedAtOf(SEED_FOLDER);
  if (!asOf) throw new StartError(`${SEED_FOLDER} has no file captured-at.`);
  const names = (await readdir(SEED_FOLDER)).filter((name) => name.endsWith('.md')).sort();
  return Promise.all(
    names.map(async (name) => {
      const fileName = path.join(SEED_FOLDER, name);
      const text = await readFile(fileName, 'utf8');
      return readDocument(text, { fileName, asOf, imageHosts }).prepared;
    }),
  );
}
