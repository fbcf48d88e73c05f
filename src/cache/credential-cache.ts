import { LRUCache } from 'lru-cache';
import type { Database, InvalidatedTags, Reader } from '../store/index.ts';
import { watchExternalWrites } from './recent-invalidations.ts';

/** The tables that authentication reads. */
const ANY_ROW = ['api_key@*', 'author@*', 'moderated_category@*', 'session@*', 'vendor_product@*'];
/** The columns that recording the use of a credential sets. */
const LAST_USE_COLUMNS = ['last_used_at', 'expires_at'];
const CREDENTIALS_MAX = 10_000;

/**
 * A cache of credential look-ups, which every request of a member needs. A commit that changes one of their tables
 * drops all entries; recording the use of a credential drops only its own. If other processes serve the same forum,
 * nothing is cached.
 */
export function credentialCache(db: Database, isServedAlone: boolean): Pick<Database, 'read'> {
  const cache = new LRUCache<string, readonly object[]>({ max: CREDENTIALS_MAX });
  const dropExternal = watchExternalWrites(db, () => cache.clear());
  if (dropExternal === null || !isServedAlone) return db;
  db.onCommit((tags) => {
    const columns = changedColumns(tags);
    if (columns.length === 0) return;
    if (tags === 'ALL' || columns.some((column) => !LAST_USE_COLUMNS.includes(column))) cache.clear();
    else for (const [key, rows] of cache) if (rows.some((row) => isIn(tags, row))) cache.delete(key);
  });
  const all: Reader['all'] = <Row>(...[statement, params]: Parameters<Reader['all']>) => {
    dropExternal();
    const key = `${statement.name} ${params.join(' ')}`;
    const cached = cache.get(key);
    if (cached) return [...cached] as Row[];
    const rows = db.read.all(statement, params) as Row[]; // SQLite answers synchronously
    // unknown credentials are not cached, because clients can make up any number of them
    if (rows.length > 0) cache.set(key, [...rows] as object[]);
    return rows;
  };
  return { read: { ...db.read, all } };
}

function changedColumns(tags: InvalidatedTags): readonly string[] {
  return tags === 'ALL' ? ['*'] : ANY_ROW.flatMap((tag) => tags.get(tag) ?? []);
}

function isIn(tags: ReadonlyMap<string, unknown>, row: object): boolean {
  return 'id' in row && typeof row.id === 'string' && tags.has(row.id);
}
