// Discussions and authors of an export that are here already, under other names than their keys.
import { importKeyNamed } from '../forum/discussion/index.ts';
import { type Statement, statement } from '../store/index.ts';
import type { Batch, PreparedRecord } from './batch.ts';
import type { AuthorRecord, DiscussionRecord, RecordKey } from './records.ts';
import { externalIdOfAuthor } from './save-people.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

const discussionsByExternalId = statement<Named>(
  'transfer.discussionsByExternalId',
  (d) => `SELECT t.id, t.external_id AS "name" FROM discussion t WHERE ${d.inList('t.external_id')}`,
);
const discussionsByImportKey = statement<Named>(
  'transfer.discussionsByImportKey',
  (d) => `SELECT t.id, t.import_key AS "name" FROM discussion t WHERE ${d.inList('t.import_key')}`,
);
const authorsByExternalId = statement<Named>(
  'transfer.authorsByExternalId',
  (d) => `SELECT t.id, t.external_id AS "name" FROM author t WHERE ${d.inList('t.external_id')}`,
);

/** A discussion or an author that is not known by the key may be here under its external id, or as a thread document. */
export async function matchRows(batch: Batch, prepared: readonly PreparedRecord[]): Promise<void> {
  await match(batch, prepared, 'discussion', discussionsByExternalId, ({ externalId }) => [externalId]);
  await match(batch, prepared, 'discussion', discussionsByImportKey, importKeysOf);
  await match(batch, prepared, 'author', authorsByExternalId, (record) => [externalIdOfAuthor(record)]);
}

interface Records {
  readonly discussion: DiscussionRecord;
  readonly author: AuthorRecord;
}

/** Stores which rows the records of a type are, by the first of their names that a row has. */
async function match<Type extends keyof Records>(
  batch: Batch,
  prepared: readonly PreparedRecord[],
  type: Type,
  find: Statement<Named>,
  namesOf: (record: Records[Type]) => readonly (string | null | undefined)[],
): Promise<void> {
  const unknown = prepared.flatMap(({ record, key }): { key: RecordKey; names: string[] }[] => {
    if (record.type !== type || batch.rows.get(type, key)) return [];
    const names = namesOf(record as Records[Type]).flatMap((name) => name || []);
    return names.length === 0 ? [] : [{ key, names }];
  });
  if (unknown.length === 0) return;
  const rows = await batch.tx.all(find, [[...new Set(unknown.flatMap(({ names }) => names))]]);
  const byName = new Map(rows.map(({ id, name }) => [name, id]));
  for (const { key, names } of unknown) {
    const [rowId] = names.flatMap((name) => byName.get(name) ?? []);
    if (rowId === undefined) continue;
    // the revision is one that no row has: its text is not replaced
    await batch.rows.store(batch.tx, type, key, { rowId, digest: '', revision: 0 });
  }
}

/** The import keys of the thread documents that a discussion may be: its own, then those of its addresses. */
function importKeysOf({ importKey, oldUrls = [] }: DiscussionRecord): (string | null | undefined)[] {
  // a document names the page itself, not all below it
  return [importKey, ...oldUrls.map((url) => importKeyNamed('url', url.replace(/\/\*$/, '')))];
}
