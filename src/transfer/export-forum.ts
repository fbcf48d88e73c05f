import type { Writable } from 'node:stream';
import type { PageUrls } from '../access/page-urls.ts';
import { type Snapshot, statement } from '../store/index.ts';
import { exportDiscussions } from './export-discussions.ts';
import { exportLinks } from './export-links.ts';
import { exportAuthors, exportCatalog } from './export-people.ts';
import type { ExportScope } from './export-rows.ts';
import { type ExportRole, type ForumRecord, RECORDS_VERSION } from './records.ts';

export const EXPORT_ROLES: readonly ExportRole[] = ['guest', 'member', 'moderator', 'admin'];

/**
 * The records of everything that a role may see, in an order in which references come first. Reads pages of one state of
 * the database. Never in it, for any role: accounts, sessions, keys, identities of providers, bookmarks, drafts.
 */
export async function* exportForum(
  snapshot: Snapshot,
  role: ExportRole,
  pages: PageUrls,
): AsyncGenerator<ForumRecord> {
  const isComplete = role === 'admin';
  const seesDeleted = isComplete || role === 'moderator';
  const scope: ExportScope = { snapshot, role, seesDeleted, isComplete, pages, nowMs: Date.now() };
  yield { type: 'forum', version: RECORDS_VERSION, as: role };
  yield* exportCatalog(scope);
  yield* exportAuthors(scope);
  yield* exportDiscussions(scope);
  yield* exportLinks(scope);
}

const counts = statement<{ rows: number }>(
  'transfer.countRows',
  `SELECT (SELECT count(*) FROM author) + (SELECT count(*) FROM discussion) + (SELECT count(*) FROM comment) AS "rows"`,
);

/** The number of authors, discussions and comments, by which the progress of an export is told. */
export async function countExported(snapshot: Snapshot): Promise<number> {
  return (await snapshot.all(counts, []))[0]?.rows ?? 0;
}

/** Characters that are written at once. */
const CHUNK_CHARS = 2 ** 16;

/**
 * Writes records as JSON Lines, no faster than they are taken. Returns their number, or null if the reader has closed the
 * pipe, as `head` does. `onRecord` is called for each.
 */
export async function writeRecords(
  records: AsyncIterable<ForumRecord>,
  to: Writable,
  onRecord: (record: ForumRecord) => void = () => {},
): Promise<number | null> {
  let count = 0;
  let chunk = '';
  for await (const record of records) {
    chunk += `${JSON.stringify(record)}\n`;
    count++;
    onRecord(record);
    if (chunk.length < CHUNK_CHARS) continue;
    if (!(await written(to, chunk))) return null;
    chunk = '';
  }
  return (await written(to, chunk)) ? count : null;
}

/** Whether a chunk was taken. Resolves when there is room for the next one. */
function written(to: Writable, chunk: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    to.write(chunk, (error: NodeJS.ErrnoException | null | undefined) => {
      if (!error) resolve(true);
      else if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') resolve(false);
      else reject(error);
    });
  });
}
