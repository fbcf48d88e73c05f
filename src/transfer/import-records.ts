import { type Database, type NewId, statement } from '../store/index.ts';
import { type PreparedRecord, type PreparedText, RecordOmitted } from './batch.ts';
import { digestOf, ImportedRows, type Kind } from './imported-rows.ts';
import { fittedTexts, hasTexts, mentionedIn, rendered } from './prepare-texts.ts';
import { type BodyRecord, keyOf } from './record-references.ts';
import type { Place, RecordSource } from './record-source.ts';
import type { Report } from './report.ts';
import { recountLater, type SavedBatch, saveBatch } from './save-batch.ts';

/** What an import needs. */
export interface TransferDeps {
  readonly db: Database;
  readonly newId: NewId;
  /** The hosts from which images are shown. */
  readonly imageHosts: readonly string[];
  /** The maximum depth of replies. */
  readonly replyDepthMax: number;
}

export interface TransferOptions {
  readonly report: Report;
  /** Whether imported people get their roles although this forum has people of its own. */
  readonly keepRoles?: boolean;
  /** Called after each batch. If it throws, the import stops; what was stored stays. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number | null }) => void;
}

/**
 * Records in one transaction. Other writers wait for it: a few tenths of a second on SQLite. A million records are 5,000
 * commits.
 */
const BATCH = 200;
/** An index entry of PostgreSQL holds 2,704 bytes. A vote has the keys of its subject and its author. */
const KEY_CHARS_MAX = 450;
/** The characters of texts in one transaction: long texts take long to index. */
const BATCH_CHARS = 400_000;

interface ReadRecord {
  readonly at: Place;
  readonly record: BodyRecord;
}

/**
 * Stores the records of a source in batches. A record that an earlier import has stored, and that has not changed since,
 * is passed over, so an interrupted import goes on where it was when it is started again. What people have changed here
 * stays. Throws what the source throws; the batches before are stored, and the report says what they held.
 */
export async function importRecords(
  deps: TransferDeps,
  source: RecordSource,
  { report, keepRoles = false, onProgress }: TransferOptions,
): Promise<void> {
  let keepsRoles = keepRoles;
  let uncounted: SavedBatch['uncounted'] = new Map();
  let batch: ReadRecord[] = [];
  let chars = 0;
  const flush = async () => {
    const records = batch;
    batch = [];
    chars = 0;
    uncounted = await importBatch(deps, records, report, { keepsRoles, uncounted });
    onProgress?.(source.progress());
  };
  try {
    keepsRoles ||= !(await hasOwnPeople(deps.db));
    await recountLater(deps.db); // of an import that was killed
    for await (const item of source) {
      if ('omitted' in item) {
        report.omit(item.at, item.omitted);
        continue;
      }
      const { record, at } = item;
      if (record.type === 'forum') continue;
      if (keyOf(record).length > KEY_CHARS_MAX) {
        report.omit(at, { what: 'keys that are too long', detail: `"${keyOf(record).slice(0, 50)}…".` });
        continue;
      }
      // texts mention authors whose rows are there
      const isAfterAuthors = batch.at(-1)?.record.type === 'author' && record.type !== 'author';
      if (isAfterAuthors && batch.some(isMentionable)) await flush();
      batch.push({ record, at });
      chars += 'body' in record ? record.body.length : 0;
      if (batch.length >= BATCH || chars >= BATCH_CHARS) await flush();
    }
    await flush();
    await recountLater(deps.db);
  } catch (error) {
    // a broken file: what stands before the fault is imported
    if (batch.length > 0 && isFaultOfSource(error)) await flush();
    await recountLater(deps.db).catch(() => {}); // the next import does it
    throw error;
  } finally {
    await source.close?.();
  }
}

const isMentionable = ({ record }: ReadRecord) => record.type === 'author' && Boolean(record.handle);
const isFaultOfSource = (error: unknown) => error instanceof Error && error.name === 'SourceError';

async function importBatch(
  { db, newId, imageHosts, replyDepthMax }: TransferDeps,
  batch: readonly ReadRecord[],
  report: Report,
  state: { readonly keepsRoles: boolean; readonly uncounted: SavedBatch['uncounted'] },
): Promise<SavedBatch['uncounted']> {
  const news = await withoutUnchanged(db, batch, report);
  const prepared = await prepare(db, news, imageHosts, report);
  if (prepared.length === 0) return state.uncounted;
  const now = new Date();
  const { saved, omissions, uncounted } = await db.transaction((tx) =>
    saveBatch(tx, prepared, { newId, now, replyDepthMax, ...state }),
  );
  for (const { type, status } of saved) report.count(type, status);
  for (const { at, omission } of omissions) report.omit(at, omission);
  return uncounted;
}

type NewRecord = Omit<PreparedRecord, 'text'>;

async function withoutUnchanged(
  db: Database,
  batch: readonly ReadRecord[],
  report: Report,
): Promise<NewRecord[]> {
  const records = batch.map(({ at, record }) => ({
    ...{ at, record, key: keyOf(record), digest: digestOf(record) },
  }));
  const rows = new ImportedRows();
  const types = new Set<Kind>(records.map(({ record }) => record.type));
  for (const type of types)
    await rows.load(
      db.read,
      type,
      records.flatMap(({ record, key }) => (record.type === type ? [key] : [])),
    );
  return records.filter(({ record, key, digest }) => {
    const known = rows.get(record.type, key);
    if (!known || (known.digest !== digest && known.digest !== null)) return true;
    report.count(record.type, 'unchanged');
    return false;
  });
}

interface Fitted {
  readonly one: NewRecord;
  readonly texts: Pick<PreparedText, 'title' | 'body'> | null;
}

/** Fits and renders the texts, before the transaction: rendering takes longer than storing. */
async function prepare(
  db: Database,
  records: readonly NewRecord[],
  imageHosts: readonly string[],
  report: Report,
): Promise<PreparedRecord[]> {
  const fitted = records.flatMap((one): Fitted[] => {
    if (!hasTexts(one.record)) return [{ one, texts: null }];
    try {
      const texts = fittedTexts(one.record, (what, detail) => report.omit(one.at, { what, detail }));
      return [{ one, texts }];
    } catch (error) {
      if (!(error instanceof RecordOmitted)) throw error;
      report.omit(one.at, error.omission);
      return [];
    }
  });
  const known = await mentionedIn(
    db,
    fitted.flatMap(({ texts }) => texts?.body ?? []),
  );
  return fitted.map(({ one, texts }) => ({ ...one, text: texts && rendered(texts, known, imageHosts) }));
}

const ownPeople = statement<{ id: string }>(
  'transfer.ownPeople',
  `SELECT t.id FROM author t
    WHERE NOT EXISTS (SELECT 1 FROM imported_row i WHERE i.kind = 'author' AND i.key = t.id) LIMIT 1`,
  { table: 'author' },
  { table: 'imported_row' },
);

/** Whether anybody is in this forum who did not come from an export of Parley. */
async function hasOwnPeople(db: Database): Promise<boolean> {
  return (await db.read.all(ownPeople, [])).length > 0;
}
