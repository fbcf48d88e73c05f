// Empties the index before it is made anew.
import { change, type Database } from '../../store/index.ts';
import { writeState } from './index-state.ts';

const writes = (table: string) => ({ table, sets: null, by: [] });

/** The largest tables first, while searches still find what they found. */
const TABLES = ['search_gram', 'search_word', 'search_entry'] as const;
/** On SQLite. */
const BATCHES = TABLES.map((table) =>
  change(
    `search.emptyBatch ${table}`,
    `DELETE FROM ${table} WHERE rowid IN (SELECT t.rowid FROM ${table} t LIMIT ?)`,
    { ...writes(table), by: [null] },
  ),
);
const REST = [
  ...TABLES.map((table) => change(`search.empty ${table}`, `DELETE FROM ${table}`, writes(table))),
  ...['search_discussion_text', 'search_comment_text'].map((table) =>
    change(
      `search.empty ${table}`,
      // an FTS5 table without the texts cannot delete its rows one by one
      (d) =>
        d.engine === 'sqlite'
          ? `INSERT INTO ${table} (${table}) VALUES ('delete-all')`
          : `DELETE FROM ${table}`,
      writes(table),
    ),
  ),
];

/**
 * Rows that are deleted in one transaction on SQLite: what is deleted is overwritten in the file, and the pages of a large
 * table would hold up other writers for seconds.
 */
const BATCH_ROWS = 2_000;

/**
 * Empties the index. On SQLite in batches, except for the terms of the texts, which are deleted at once: that takes two
 * seconds for 100 MB of them. Entries that are written meanwhile are deleted too, and written again when the texts are
 * indexed. PostgreSQL's writers don't wait, so rows that they commit meanwhile may remain in some tables. Each text is
 * indexed again, and leftovers are removed at the end.
 */
export async function emptyIndex(db: Database, afterBatch: () => Promise<void>): Promise<void> {
  await db.transaction((tx) => writeState(tx, ''));
  if (db.engine === 'sqlite')
    for (const one of BATCHES)
      while ((await db.transaction(async (tx) => tx.run(one, [BATCH_ROWS]))) === BATCH_ROWS)
        await afterBatch();
  await db.transaction(async (tx) => {
    for (const one of REST) await tx.run(one, []);
    await writeState(tx, 'discussion ');
  });
}
