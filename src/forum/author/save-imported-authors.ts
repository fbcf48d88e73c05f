import type { NewId, Tx } from '../../store/index.ts';
import type { AuthorRow } from './author-reads.ts';
import { type Named, nameKeysOf } from './name-keys.ts';

/** What an import says about an author beside the role. */
export const DESCRIPTION = ['name', 'title', 'company', 'companySegment', 'industry', 'avatarUrl'] as const;

/** An author as an imported document describes them. Null members are not given. */
export interface ImportedAuthor extends Pick<AuthorRow, (typeof DESCRIPTION)[number]> {
  /** Identifies a person across documents. Null if each occurrence is an author of its own. */
  readonly externalId: string | null;
  readonly role: AuthorRow['role'] | null;
}

/** Rows in one statement. */
const BATCH = 500;

/**
 * Saves the authors of a document from `seenAt`. Returns their row ids in the same order. For known external ids, only
 * empty columns are filled: imports never overwrite local edits or roles. The others become new rows.
 */
export async function saveImportedAuthors(
  tx: Tx,
  newId: NewId,
  authors: readonly ImportedAuthor[],
  seenAt: Date,
): Promise<string[]> {
  const known = new Map<string, { id: string } & Partial<ImportedAuthor>>();
  const externalIds = [...new Set(authors.flatMap(({ externalId }) => externalId ?? []))];
  for (let i = 0; i < externalIds.length; i += BATCH) {
    const rows = await tx.author.findMany({ where: { externalId: { in: externalIds.slice(i, i + BATCH) } } });
    for (const row of rows) known.set(row.externalId ?? '', row);
  }
  const created = new Map<string, ReturnType<typeof newRow>>();
  const filled = new Map<string, Partial<ImportedAuthor>>();
  const ids = authors.map((author) => {
    const row = author.externalId === null ? undefined : known.get(author.externalId);
    if (!row) {
      const made = newRow(author, newId(seenAt), seenAt);
      if (author.externalId !== null) known.set(author.externalId, made);
      created.set(made.id, made);
      return made.id;
    }
    const news = DESCRIPTION.filter((key) => author[key] !== null && (row[key] ?? null) === null);
    const values = Object.fromEntries(news.map((key) => [key, author[key]]));
    Object.assign(row, values);
    if (news.length > 0 && !created.has(row.id)) {
      filled.set(row.id, { ...filled.get(row.id), ...values });
    }
    return row.id;
  });
  const rows = [...created.values()];
  for (let i = 0; i < rows.length; i += BATCH) await tx.author.createMany({ data: rows.slice(i, i + BATCH) });
  const keys = rows.flatMap(({ id, name }) => keyRows({ id, handle: null, name }));
  for (let i = 0; i < keys.length; i += BATCH)
    await tx.authorNameKey.createMany({ data: keys.slice(i, i + BATCH) });
  for (const [id, data] of filled) {
    const author = await tx.author.update({ where: { id }, data: data as Record<string, string> });
    if (data.name !== undefined) await replaceKeys(tx, author);
  }
  return ids;
}

/** New authors of a document have no handle. A known one may have signed in since. */
async function replaceKeys(tx: Tx, author: Named): Promise<void> {
  await tx.authorNameKey.deleteMany({ where: { id: author.id } });
  await tx.authorNameKey.createMany({ data: keyRows(author) });
}

const keyRows = (author: Named) => nameKeysOf(author).map((key) => ({ id: author.id, key }));

function newRow(author: ImportedAuthor, id: string, createdAt: Date) {
  return { ...author, id, createdAt, role: author.role ?? 'MEMBER' };
}
