import type { Database, Reader } from '../store/index.ts';
import { keptRows } from './cached-rows.ts';
import { AGE_MS_MAX, droppingElsewhere } from './elsewhere.ts';
import { TaggedCache } from './tagged-cache.ts';

/** What is looked up to find out who sends a request. */
const TABLES: ReadonlySet<string> = new Set([
  'api_key',
  'author',
  'moderated_category',
  'session',
  'vendor_product',
]);
/** Some thousands of credentials. */
const BYTES_MAX = 4 * 2 ** 20;
/** A file answers at once. */
const MAKING_MS_MAX = 1_000;

/**
 * Reads that are given again until a commit touches what they found: for who holds a credential, which every request of
 * a member asks and hardly any changes. Where the store does not tell by itself what other programs write, or
 * `isServedAlone` says that many do, they are the database's own.
 */
export function credentialCache(db: Database, isServedAlone: boolean): Pick<Database, 'read'> {
  const dropElsewhere = droppingElsewhere(db);
  if (dropElsewhere === null || !isServedAlone) return db;
  const cache = new TaggedCache({
    ...{ bytesMax: BYTES_MAX, lagMs: 0, makingMsMax: MAKING_MS_MAX },
    ageMsMax: () => AGE_MS_MAX,
  });
  db.onCommit((touched) => cache.touch(touched), TABLES);
  const all: Reader['all'] = (statement, params) => {
    dropElsewhere(cache);
    // nothing is kept of what is not there: anybody can make up as many credentials as there is room for
    return keptRows(cache, db.read, statement, params, (found) => found.length > 0);
  };
  return { read: { ...db.read, all } };
}
