import type { Database } from '../store/index.ts';

/**
 * A function to call before something cached is used: it calls `drop` where another program has changed the database
 * since its last call. Null: this store does not say so by itself.
 */
export function watchExternalWrites(db: Database, drop: () => void): (() => void) | null {
  let changes = db.changesElsewhere();
  if (changes === null) return null;
  return () => {
    const now = db.changesElsewhere();
    if (now !== changes) drop();
    changes = now;
  };
}
