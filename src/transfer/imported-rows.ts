// Which rows an import has made of which records: the table imported_row, and rows whose ids are the keys.
import { createHash } from 'node:crypto';
import { change, type Param, type Statement, statement, type Transaction } from '../store/index.ts';
import type { ForumRecord, RecordKey } from './records.ts';

/** The types of records that become rows to which others refer. */
export const ROW_KINDS = ['category', 'product', 'tag', 'author', 'discussion', 'comment'] as const;
export type RowKind = (typeof ROW_KINDS)[number];
export type Kind = Exclude<ForumRecord['type'], 'forum'>;

export interface ImportedRow {
  readonly rowId: string;
  /** A hash of the record. Null if the row was not imported: it is this forum's own. */
  readonly digest: string | null;
  readonly revision: number;
}

/** Whether the row was found here, and not added by an import. */
export const wasHere = ({ revision }: ImportedRow) => revision === 0;

interface StoredRow {
  readonly key: string;
  readonly rowId: string;
  readonly digest: string;
  readonly revision: number;
}

const storedRows = statement<StoredRow>(
  'transfer.importedRows',
  (d) => `SELECT t.key, t.row_id AS "rowId", t.digest, t.revision FROM imported_row t
    WHERE t.kind = ? AND ${d.inList('t.key')}`,
  { table: 'imported_row' },
);
const existing = (table: RowKind): Statement<{ id: string }> =>
  statement(`transfer.existing ${table}`, (d) => `SELECT t.id FROM ${table} t WHERE ${d.inList('t.id')}`, {
    table,
  });
const EXISTING = Object.fromEntries(ROW_KINDS.map((kind) => [kind, existing(kind)])) as Record<
  RowKind,
  Statement<{ id: string }>
>;
const store = change(
  'transfer.storeRow',
  `INSERT INTO imported_row (kind, key, row_id, digest, revision) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (kind, key) DO UPDATE SET row_id = excluded.row_id, digest = excluded.digest, revision = excluded.revision`,
  { table: 'imported_row', sets: null, by: ['kind', 'key', null, null, null] },
);

/** A discussion whose counters have to be counted again stands among the rows, in case the import is killed. */
const RECOUNT = 'recount';
const mark = change(
  'transfer.markForRecount',
  `INSERT INTO imported_row (kind, key, row_id, digest) VALUES ('${RECOUNT}', ?, '', '') ON CONFLICT DO NOTHING`,
  { table: 'imported_row', sets: null, by: ['key'] },
);
const unmark = change(
  'transfer.unmarkForRecount',
  (d) => `DELETE FROM imported_row WHERE kind = '${RECOUNT}' AND ${d.inList('key')}`,
  { table: 'imported_row', sets: null, by: [null] },
);
const marked = statement<{ id: string }>(
  'transfer.markedForRecount',
  `SELECT t.key AS "id" FROM imported_row t WHERE t.kind = '${RECOUNT}' ORDER BY t.key`,
  { table: 'imported_row' },
);

/** The discussions whose counters an import has left to be counted later. */
export async function discussionsToRecount(reads: Reads): Promise<string[]> {
  return (await reads.all(marked, [])).map(({ id }) => id);
}

/** Remembers discussions for a later count, or that they were counted. */
export async function markForRecount(
  tx: Transaction,
  later: readonly string[],
  counted: readonly string[],
): Promise<void> {
  for (const id of later) await tx.run(mark, [id]);
  if (counted.length > 0) await tx.run(unmark, [counted]);
}

/** What reads it: a transaction, or the database outside of one. */
interface Reads {
  all<Row>(statement: Statement<Row>, params: readonly Param[]): Row[] | PromiseLike<Row[]>;
}

/** A row id of Parley: see store/ids.ts. */
export const ROW_ID = /^[0-9a-hjkmnp-tv-z]{26}$/;

/** Recognises a record that has not changed since its last import. */
export function digestOf(record: ForumRecord): string {
  return createHash('sha256').update(JSON.stringify(record)).digest('base64url').slice(0, 22);
}

/** The known rows of a batch of records and of those that they refer to. */
export class ImportedRows {
  readonly #rows = new Map<string, ImportedRow>();
  readonly #isRowKind = (kind: Kind): kind is RowKind => (ROW_KINDS as readonly string[]).includes(kind);

  get(kind: Kind, key: RecordKey): ImportedRow | undefined {
    return this.#rows.get(`${kind} ${key}`);
  }

  set(kind: Kind, key: RecordKey, row: ImportedRow): void {
    this.#rows.set(`${kind} ${key}`, row);
  }

  /** The ids of the known rows of a type. */
  idsOf(kind: RowKind): string[] {
    const prefix = `${kind} `;
    return [...this.#rows].flatMap(([name, { rowId }]) => (name.startsWith(prefix) ? [rowId] : []));
  }

  /** Reads the rows of some keys of a type. A catalog entry that was deleted here since is not among them. */
  async load(reads: Reads, kind: Kind, keys: Iterable<RecordKey>): Promise<void> {
    const wanted = [...new Set(keys)];
    if (wanted.length === 0) return;
    const stored = await reads.all(storedRows, [kind, wanted]);
    const gone = await this.#deletedHere(reads, kind, stored);
    for (const { key, ...row } of stored) if (!gone.has(row.rowId)) this.set(kind, key, row);
    if (!this.#isRowKind(kind)) return;
    const found = new Set(stored.map(({ key }) => key));
    const ids = wanted.filter((key) => !found.has(key) && ROW_ID.test(key));
    if (ids.length === 0) return;
    for (const { id } of await reads.all(EXISTING[kind], [ids]))
      this.set(kind, id, { rowId: id, digest: null, revision: 0 });
  }

  async #deletedHere(reads: Reads, kind: Kind, stored: readonly StoredRow[]): Promise<Set<string>> {
    const gone = new Set<string>();
    if (kind !== 'category' && kind !== 'product' && kind !== 'tag') return gone;
    for (const { rowId } of stored) gone.add(rowId);
    for (const { id } of await reads.all(EXISTING[kind], [[...gone]])) gone.delete(id);
    return gone;
  }

  /** Stores what was made of a record. */
  async store(tx: Transaction, kind: Kind, key: RecordKey, row: ImportedRow): Promise<void> {
    this.set(kind, key, row);
    await tx.run(store, [kind, key, row.rowId, row.digest, row.revision]);
  }
}
