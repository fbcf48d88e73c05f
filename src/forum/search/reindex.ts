// Makes the index anew, while the forum is served.
import { change, type Database, type Statement, statement, type Transaction } from '../../store/index.ts';
import { KINDS, type Kind } from './candidate-statements.ts';
import { numberOf } from './entries.ts';
import { resumePoint, writeState } from './index-state.ts';
import { indexComment, indexDiscussion } from './index-texts.ts';

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

/** Other writers wait for a batch on SQLite: a few hundredths of a second. */
const BATCH = 100;

/** Progress of a reindexing, in texts. */
type OnProgress = (done: number, of: number) => void;

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
  const start = await db.transaction(async (tx) => {
    const point = await resumePoint(tx);
    if (point === null) await empty(tx);
    return point;
  });
  const [kind = 'discussion', after = ''] = (start ?? '').split(' ') as [Kind, string];
  let texts = 0;
  for (const table of start === null ? KINDS : KINDS.slice(KINDS.indexOf(kind)))
    for (let last = table === kind ? after : ''; ; ) {
      const batch = await db.transaction((tx) => indexBatch(tx, table, last));
      if (batch.size === 0) break;
      texts += batch.size;
      last = batch.last;
      onProgress(texts, counted?.texts ?? texts);
    }
  await db.transaction((tx) => writeState(tx, null));
  return { texts, isResumed: start !== null };
}

/** Indexes the texts after one. The rows are locked, so that an edit waits, and finds its text in the index. */
async function indexBatch(
  tx: Transaction,
  kind: Kind,
  after: string,
): Promise<{ size: number; last: string }> {
  const rows = await tx.all(TEXTS[kind], [after, BATCH]);
  for (const row of rows) {
    // it was written meanwhile
    if ((await numberOf(tx, row.id)) !== null) continue;
    await indexRow(tx, kind, row);
  }
  const last = rows.at(-1)?.id ?? after;
  await writeState(tx, `${kind} ${last}`);
  return { size: rows.length, last };
}

/** Indexes a text. `isIndexed`: whether its terms are in the index already, in another place. */
export async function indexRow(tx: Transaction, kind: Kind, row: Text, isIndexed = false): Promise<void> {
  const written = { ...row, before: isIndexed ? row : null, after: row };
  if (kind === 'discussion') await indexDiscussion(tx, written);
  else await indexComment(tx, written);
}

const TABLES = ['search_entry', 'search_gram', 'search_word'] as const;
const EMPTY = [
  ...TABLES.map((table) =>
    change(`search.empty ${table}`, `DELETE FROM ${table}`, { table, sets: null, by: [] }),
  ),
  ...['search_discussion_text', 'search_comment_text'].map((table) =>
    change(
      `search.empty ${table}`,
      // an FTS5 table without the texts cannot delete its rows one by one
      (d) =>
        d.engine === 'sqlite'
          ? `INSERT INTO ${table} (${table}) VALUES ('delete-all')`
          : `DELETE FROM ${table}`,
      { table, sets: null, by: [] },
    ),
  ),
];

async function empty(tx: Transaction): Promise<void> {
  for (const one of EMPTY) await tx.run(one, []);
  await writeState(tx, 'discussion ');
}
