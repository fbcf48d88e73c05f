// FTS5 keeps the terms of each write in a segment of its own, merges segments only when there are many of one size, and
// looks a word up in each of them. An index that was made in batches has dozens, and merged ones save a search for a rare
// word a tenth of its processor time. Segments of later writes are few and small for long.
import { change, type Database, statement, type Transaction } from '../../store/index.ts';

/** How many pages of the index one write merges: about as long as a batch of a reindexing. */
const STEP_PAGES = 50;

const MERGES = ['search_discussion_text', 'search_comment_text'].map((table) =>
  change(
    `search.merge ${table}`,
    `INSERT INTO ${table} (${table}, rank) VALUES ('merge', CAST(? AS INTEGER))`,
    { table, sets: null, by: [] },
  ),
);
const totalChanges = statement<{ n: number }>('search.totalChanges', 'SELECT total_changes() AS "n"');

/** Merges all segments of the index on SQLite, in steps that others can write between. */
export async function mergeSegments(db: Database, afterStep: () => Promise<void>): Promise<void> {
  for (const merge of MERGES) {
    // a negative number begins to merge all segments, whatever their sizes
    let pages = -STEP_PAGES;
    while (await db.transaction((tx) => mergeSome(tx, merge, pages))) {
      pages = STEP_PAGES;
      await afterStep();
    }
  }
}

/** Whether there is more to merge: FTS5 counts fewer than two changes if it had nothing to do. */
async function mergeSome(tx: Transaction, merge: (typeof MERGES)[number], pages: number): Promise<boolean> {
  const [before] = await tx.all(totalChanges, []);
  await tx.run(merge, [pages]);
  const [after] = await tx.all(totalChanges, []);
  return (after?.n ?? 0) - (before?.n ?? 0) >= 2;
}
