import { LRUCache } from 'lru-cache';
import type { Database, InvalidatedTags, Reader } from '../store/index.ts';
import { watchExternalWrites } from './external-writes.ts';

/** Any row of what is read to find out who sends a request. */
const ANY_ROW = ['api_key@*', 'author@*', 'moderated_category@*', 'session@*', 'vendor_product@*'];
/** What changes when it is noted that a credential was used. */
const USE = ['last_used_at', 'expires_at'];
const CREDENTIALS_MAX = 10_000;

/**
 * Reads whose rows are used again: who holds a credential, which every request of a member asks. Any commit that touches
 * what they are made of drops all of them, but for one that notes when a credential was used, which drops that one.
 * Where other processes serve the same forum, the database's own reads.
 */
export function credentialCache(db: Database, isServedAlone: boolean): Pick<Database, 'read'> {
  const cache = new LRUCache<string, readonly object[]>({ max: CREDENTIALS_MAX });
  const dropExternal = watchExternalWrites(db, () => cache.clear());
  if (dropExternal === null || !isServedAlone) return db;
  db.onCommit((tags) => {
    const columns = changedColumns(tags);
    if (columns.length === 0) return;
    if (tags === 'ALL' || columns.some((column) => !USE.includes(column))) cache.clear();
    else for (const [key, rows] of cache) if (rows.some((row) => isIn(tags, row))) cache.delete(key);
  });
  const all: Reader['all'] = <Row>(...[statement, params]: Parameters<Reader['all']>) => {
    dropExternal();
    const key = `${statement.name} ${JSON.stringify(params)}`;
    const cached = cache.get(key);
    if (cached) return [...cached] as Row[];
    const rows = db.read.all(statement, params) as Row[]; // a file answers at once
    // nothing is stored of what is not there: anybody can make up credentials
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
