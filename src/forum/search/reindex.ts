// Makes the index anew, while the forum is served.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, type Statement, statement, type Transaction } from '../../store/index.ts';
import { KINDS, type Kind } from './candidate-statements.ts';
import { emptyIndex } from './empty-index.ts';
import { numberOf } from './entries.ts';
import { resumePoint, writeState } from './index-state.ts';
import { indexComment, indexDiscussion } from './index-texts.ts';
import { mergeSegments } from './merge-segments.ts';
import { removeStrayTerms, removeTerms } from './stray-terms.ts';

interface Text {
  readonly id: string;
  readonly title: string;
  readonly bodyText: string;
  readonly authorId: string | null;
  readonly createdAt: number;
}

const textsOf = (table: Kind, title: string): Statement<Text> =>
  statement(
    `search.textsOf ${table}`,
    (d) => `SELECT t.id, ${title} AS "title", t.body_text AS "bodyText", t.author_id AS "authorId",
      t.created_at AS "createdAt" FROM ${table} t WHERE t.id > ? ORDER BY t.id LIMIT ? ${d.forUpdate}`,
    { table },
  );
const TEXTS = { discussion: textsOf('discussion', 't.title'), comment: textsOf('comment', "''") };
const counts = statement<{ texts: number }>(
  'search.countTexts',
  'SELECT (SELECT count(*) FROM discussion) + (SELECT count(*) FROM comment) AS "texts"',
  { table: 'discussion' },
  { table: 'comment' },
);

/**
 * The texts of a batch, and their characters, which the last one may exceed. On SQLite a batch and its COMMIT take the
 * event loop and the file's write lock, for a few hundredths of a second.
 */
const BATCH_TEXTS = 50;
const BATCH_CHARS = 20_000;
/** A character of a title takes as long as this many of a text: the parts of its words are indexed too. */
const TITLE_WEIGHT = 10;
/**
 * SQLite: the time between two batches, in which requests are answered. A writer of another process looks for the file's
 * lock every 10 ms.
 */
const PAUSE_MS = 10;

/** What a reindexing does. Only SQLite merges. */
type Step = 'emptying' | 'indexing' | 'merging';

/** Progress of a reindexing, in texts: none while the index is emptied. The next batch waits for it. */
export type OnProgress = (done: number, of: number, step: Step) => void | Promise<void>;

export interface Reindexed {
  /** The number of texts that were read. */
  readonly texts: number;
  /** Whether an earlier reindexing was continued. */
  readonly isResumed: boolean;
}

/**
 * Indexes every text. An interrupted reindexing goes on where it was; otherwise the index is emptied first, and searches
 * find only what is in it again. Texts that are written meanwhile index themselves. If `onProgress` throws, it stops.
 */
export async function reindex(db: Database, onProgress: OnProgress = () => {}): Promise<Reindexed> {
  const [counted] = await db.read.all(counts, []);
  let texts = 0;
  const afterBatch = async (step: Step) => {
    await onProgress(texts, Math.max(texts, counted?.texts ?? 0), step);
    if (db.engine === 'sqlite') await sleep(PAUSE_MS);
  };
  const start = await db.transaction(resumePoint);
  if (start === null) await emptyIndex(db, () => afterBatch('emptying'));
  const [kind = 'discussion', after = ''] = (start ?? '').split(' ') as [Kind, string];
  for (const table of start === null ? KINDS : KINDS.slice(KINDS.indexOf(kind)))
    for (let last = table === kind ? after : ''; ; ) {
      const batch = await db.transaction((tx) => indexBatch(tx, table, last));
      if (batch.size === 0) break;
      texts += batch.size;
      last = batch.last;
      await afterBatch('indexing');
    }
  if (db.engine === 'sqlite') await mergeSegments(db, () => afterBatch('merging'));
  await db.transaction(async (tx) => {
    if (tx.engine === 'postgres') await removeStrayTerms(tx);
    await writeState(tx, null);
  });
  return { texts, isResumed: start !== null };
}

/** Indexes the texts after one. The rows are locked, so that an edit waits, and finds its text in the index. */
async function indexBatch(
  tx: Transaction,
  kind: Kind,
  after: string,
): Promise<{ size: number; last: string }> {
  const rows = batchOf(await tx.all(TEXTS[kind], [after, BATCH_TEXTS]));
  for (const row of rows) {
    const n = await numberOf(tx, row.id);
    // it was written meanwhile: on PostgreSQL, maybe while its terms or words were deleted
    if (n !== null && tx.engine === 'sqlite') continue;
    if (n !== null) await removeTerms(tx, kind, { ...row, n });
    await indexRow(tx, kind, row);
  }
  const last = rows.at(-1)?.id ?? after;
  await writeState(tx, `${kind} ${last}`);
  return { size: rows.length, last };
}

/** The first of the texts, up to the characters of a batch. */
function batchOf(rows: readonly Text[]): readonly Text[] {
  let chars = 0;
  const end = rows.findIndex(({ title, bodyText }) => {
    const isFull = chars >= BATCH_CHARS;
    chars += bodyText.length + TITLE_WEIGHT * title.length;
    return isFull;
  });
  return end < 0 ? rows : rows.slice(0, end);
}

/** Indexes a text. `isIndexed`: whether its terms are in the index already, in another place. */
export async function indexRow(tx: Transaction, kind: Kind, row: Text, isIndexed = false): Promise<void> {
  const written = { ...row, before: isIndexed ? row : null, after: row };
  if (kind === 'discussion') await indexDiscussion(tx, written);
  else await indexComment(tx, written);
}
