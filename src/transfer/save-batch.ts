import { importedParents, lockForImport, recountImported } from '../forum/comment/index.ts';
import { advisoryLock, type Database, type NewId, type Transaction } from '../store/index.ts';
import { Batch, type PreparedRecord, RecordOmitted, type Saved } from './batch.ts';
import {
  discussionsToRecount,
  type ImportedRow,
  ImportedRows,
  type Kind,
  markForRecount,
} from './imported-rows.ts';
import { lockDiscussions } from './lock-discussions.ts';
import { matchComments } from './match-comments.ts';
import { matchRows } from './match-rows.ts';
import { type BodyRecord, referencesOf } from './record-references.ts';
import type { RecordKey } from './records.ts';
import { saveSplit } from './save-merges.ts';
import { saveAuthor, saveEntry } from './save-people.ts';
import { saveAnswer, saveDuplicate, saveLink, saveRevision, saveVote } from './save-relations.ts';
import { saveComment, saveDiscussion } from './save-texts.ts';

/** What became of a batch. */
export interface SavedBatch extends Pick<Batch, 'omissions'> {
  /** The discussions that are counted later, and how often each has been changed since it was counted. */
  readonly uncounted: ReadonlyMap<string, number>;
  readonly saved: readonly { readonly type: Kind; readonly status: Saved['status'] }[];
}

interface SaveDeps {
  readonly newId: NewId;
  readonly now: Date;
  readonly keepsRoles: boolean;
  readonly replyDepthMax: number;
  readonly uncounted: SavedBatch['uncounted'];
}

/** Stores records in one transaction: all of them, or after any failure none. Two imports take turns. */
export async function saveBatch(
  tx: Transaction,
  prepared: readonly PreparedRecord[],
  { uncounted, ...deps }: SaveDeps,
): Promise<SavedBatch> {
  await advisoryLock(tx, 'import of records');
  const batch = new Batch({ tx, rows: new ImportedRows(), ...deps });
  await loadRows(batch, prepared);
  await matchRows(batch, prepared);
  await lockDiscussions(batch);
  await matchComments(batch, prepared);
  await loadPlaces(batch);
  const saved: { type: Kind; status: Saved['status'] }[] = [];
  for (const one of prepared) {
    batch.goTo(one.at);
    const status = await saveRecord(batch, one);
    if (status !== null) saved.push({ type: one.record.type, status });
  }
  return { saved, omissions: batch.omissions, uncounted: await recount(batch, uncounted) };
}

/** Larger threads are not counted after each batch: that would take a time that grows with the square of their size. */
const SMALL_THREAD = 1_000;

/**
 * Counts the changed discussions again, but a large thread only when a quarter of it is new. Returns those that are
 * counted later.
 */
async function recount(batch: Batch, before: SavedBatch['uncounted']): Promise<SavedBatch['uncounted']> {
  const now: string[] = [];
  const later = new Map(before);
  for (const [id, changes] of batch.touched) {
    const uncounted = changes + (before.get(id) ?? 0);
    const size = batch.sizes.get(id) ?? 0;
    if (size < SMALL_THREAD || uncounted >= size / 4) {
      now.push(id);
      later.delete(id);
    } else later.set(id, uncounted);
  }
  if (now.length > 0) await recountImported(batch.tx, now.sort());
  // also those that were marked before: another import may have counted them meanwhile
  const marks = [...later.keys()].filter((id) => batch.touched.has(id));
  await markForRecount(
    batch.tx,
    marks,
    now.filter((id) => before.has(id)),
  );
  return later;
}

/** Counts the discussions that an import has left for later. */
export async function recountLater(db: Database): Promise<void> {
  for (const id of await discussionsToRecount(db.read))
    await db.transaction(async (tx) => {
      await lockForImport(tx, [id]);
      await recountImported(tx, [id]);
      await markForRecount(tx, [], [id]);
    });
}

/** What became of a record. Null: it was left out. */
async function saveRecord(batch: Batch, one: PreparedRecord): Promise<Saved['status'] | null> {
  const { record, key, digest } = one;
  const known = batch.rows.get(record.type, key);
  // the same record stands twice in the batch, or the row is this forum's own
  if (known && (known.digest === digest || known.digest === null)) return 'unchanged';
  try {
    const { status, rowId, revision } = await save(batch, one, known);
    await batch.rows.store(batch.tx, record.type, key, { rowId, digest, revision: revision ?? 1 });
    return status;
  } catch (error) {
    if (!(error instanceof RecordOmitted)) throw error;
    batch.omit(error.omission.what, error.omission.detail);
    return null;
  }
}

function save(batch: Batch, one: PreparedRecord, known: ImportedRow | undefined): Promise<Saved> {
  const as = <R extends BodyRecord>() => one as PreparedRecord<R>;
  switch (one.record.type) {
    case 'category':
    case 'product':
    case 'tag':
      return saveEntry(batch, as(), known);
    case 'author':
      return saveAuthor(batch, as(), known);
    case 'discussion':
      return saveDiscussion(batch, as(), known);
    case 'comment':
      return saveComment(batch, as(), known);
    case 'revision':
      return saveRevision(batch, as());
    case 'vote':
      return saveVote(batch, as());
    case 'answer':
      return saveAnswer(batch, as(), known);
    case 'duplicate':
      return saveDuplicate(batch, as(), known);
    case 'split':
      return saveSplit(batch, as(), known);
    case 'link':
      return saveLink(batch, as(), known);
  }
}

/** Reads what is known of the records and of those that they refer to: at most three statements for each type. */
async function loadRows(batch: Batch, prepared: readonly PreparedRecord[]): Promise<void> {
  const wanted = new Map<Kind, Set<RecordKey>>();
  const want = (kind: Kind, key: RecordKey) => wanted.set(kind, (wanted.get(kind) ?? new Set()).add(key));
  for (const { record, key } of prepared) {
    want(record.type, key);
    for (const [kind, reference] of referencesOf(record)) want(kind, reference);
  }
  for (const [kind, keys] of wanted) await batch.rows.load(batch.tx, kind, keys);
}

/** Reads the places of the known comments. */
async function loadPlaces(batch: Batch): Promise<void> {
  const comments = batch.rows.idsOf('comment');
  for (const place of comments.length > 0 ? await batch.tx.all(importedParents, [comments]) : [])
    batch.places.set(place.id, place);
}
