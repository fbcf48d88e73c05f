import type { Database } from '../store/index.ts';

/**
 * Returns a function to call before a cached value is used. It calls `drop` if another process has changed the database
 * since its last call. Null if the store cannot tell.
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
