// What the doctor compares the search index with.
import { type Database, type Statement, statement } from '../../store/index.ts';
import { KINDS, type Kind } from './candidate-statements.ts';
import { fits, removeEntry } from './entries.ts';
import { indexFault } from './index-state.ts';
import { ANY } from './indexed-text.ts';
import { indexRow } from './reindex.ts';

/** A text whose place in the index is wrong. */
export interface IndexFlaw {
  readonly table: Kind | 'search_entry';
  readonly id: string;
  /** Whether its terms are in the index, but not at its time. */
  readonly isMisplaced: boolean;
  readonly message: string;
}

interface Place {
  readonly id: string;
  readonly createdAt: number;
  /** Null if the text is not in the index. */
  readonly n: number | null;
  readonly isIndexed: number | boolean;
}

const TEXT_INDEX = { discussion: 'search_discussion_text', comment: 'search_comment_text' };

const placesOf = (table: Kind): Statement<Place> =>
  statement(`search.placesOf ${table}`, (d) => {
    const index = TEXT_INDEX[table];
    const isIndexed =
      d.engine === 'sqlite'
        ? `SELECT 1 FROM ${index} f WHERE f.${index} MATCH '"${ANY}"' AND f.rowid = e.n`
        : `SELECT 1 FROM ${index} f WHERE f.n = e.n`;
    return `SELECT t.id, t.created_at AS "createdAt", e.n AS "n", EXISTS (${isIndexed}) AS "isIndexed"
        FROM ${table} t LEFT JOIN search_entry e ON e.row_id = t.id WHERE t.id > ? ORDER BY t.id LIMIT ?`;
  });
const PLACES = { discussion: placesOf('discussion'), comment: placesOf('comment') };

const orphans = statement<{ rowId: string }>(
  'search.orphans',
  `SELECT e.row_id AS "rowId" FROM search_entry e WHERE NOT EXISTS (SELECT 1 FROM discussion d WHERE d.id = e.row_id)
    AND NOT EXISTS (SELECT 1 FROM comment c WHERE c.id = e.row_id) ORDER BY e.row_id LIMIT 1000`,
);
const BATCH = 1_000;

/**
 * Finds texts that are not in the index, or not at their time, and entries of texts that are gone. Nothing if the whole
 * index has to be made anew: `findIndexFault` says so.
 */
export async function* findIndexFlaws(db: Database): AsyncGenerator<IndexFlaw> {
  for (const table of KINDS)
    for (let after = ''; ; ) {
      const rows = await db.read.all(PLACES[table], [after, BATCH]);
      for (const { id, n, createdAt, isIndexed } of rows) {
        if (n === null || !isIndexed)
          yield { table, id, isMisplaced: false, message: 'it is not in the search index' };
        else if (!fits(n, createdAt))
          yield { table, id, isMisplaced: true, message: 'it is in the search index at another time' };
      }
      const last = rows.at(-1);
      if (!last) break;
      after = last.id;
    }
  for (const { rowId } of await db.read.all(orphans, []))
    yield {
      table: 'search_entry',
      id: rowId,
      isMisplaced: false,
      message: 'its text does not exist any more',
    };
}

/** Why the index has to be made anew, as a sentence without its end. Null if it does not. */
export const findIndexFault = indexFault;

const textOf = (table: Kind, title: string) =>
  statement<Parameters<typeof indexRow>[2]>(
    `search.textOf ${table}`,
    (d) => `SELECT t.id, ${title} AS "title", t.body_text AS "bodyText", t.author_id AS "authorId",
      t.created_at AS "createdAt" FROM ${table} t WHERE t.id = ? ${d.forUpdate}`,
  );
const TEXT = { discussion: textOf('discussion', 't.title'), comment: textOf('comment', "''") };

/** Indexes a text at its time, or removes an entry without a text. */
export async function mendIndexFlaw(db: Database, { table, id, isMisplaced }: IndexFlaw): Promise<void> {
  await db.transaction(async (tx) => {
    if (table === 'search_entry') return removeEntry(tx, id);
    const [row] = await tx.all(TEXT[table], [id]);
    if (!row) return;
    if (!isMisplaced) await removeEntry(tx, id);
    await indexRow(tx, table, row, isMisplaced);
  });
}
