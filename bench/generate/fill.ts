import SqliteDatabase from 'better-sqlite3';
import { insertComments } from './comments.ts';
import { insertDiscussions } from './discussions.ts';
import { withoutIndexes } from './insert.ts';
import { insertAuthors, insertCatalogue } from './people.ts';
import { makePlan } from './plan.ts';
import { insertRelatedLinks } from './related-links.ts';
import type { Size } from './sizes.ts';
import { insertVotes } from './votes.ts';

/**
 * Fills a SQLite file that has the schema and no rows with a forum of this size, every counter and score as the
 * project would have computed it. The same size and seed give the same rows. A run that is cut off leaves a file of
 * no use.
 */
export function fill(file: string, size: Size, seed: number): void {
  const db = new SqliteDatabase(file);
  try {
    // nothing can be lost that another run would not make again
    db.pragma('journal_mode = OFF');
    db.pragma('synchronous = OFF');
    db.pragma('foreign_keys = OFF');
    db.pragma('cache_size = -500000');
    const plan = makePlan(size, seed);
    withoutIndexes(db, () => {
      const authorIds = insertAuthors(db, size, seed);
      const catalogue = insertCatalogue(db, size, seed);
      const titles = insertDiscussions(db, plan, authorIds, catalogue);
      insertRelatedLinks(db, plan, titles);
      insertComments(db, plan, authorIds);
      insertVotes(db, plan, authorIds);
    });
    db.pragma('journal_mode = WAL');
  } finally {
    db.close();
  }
}
