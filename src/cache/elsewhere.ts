import type { Database } from '../store/index.ts';
import type { TaggedCache } from './tagged-cache.ts';

/** What is kept is made again at least this often, whatever is not told. */
export const AGE_MS_MAX = 3_600_000;

/**
 * To be called before something kept is given: drops all of it where another program has changed the database since the
 * last call. Null: this store does not tell of that by itself.
 */
export function droppingElsewhere(db: Database): ((cache: TaggedCache) => void) | null {
  let changes = db.changesElsewhere();
  if (changes === null) return null;
  return (cache) => {
    const now = db.changesElsewhere();
    if (now !== changes) cache.touch('ALL');
    changes = now;
  };
}
