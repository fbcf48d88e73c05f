import { type Database, statement } from '../../src/store/index.ts';
import { filesBelow } from '../house/source-files.ts';

/** Every table of the model. */
const TABLES = filesBelow('prisma/models', '.prisma')
  .flatMap((file) => [...file.text.matchAll(/@@map\("(\w+)"\)/g)].map(([, name]) => name ?? ''))
  .sort();

/** What is drawn by lot, and so differs between two forums that are alike. */
const BY_LOT = new Set(['hash', 'hint', 'inputHash', 'input_hash', 'password_hash', 'token', 'tree_path']);
const ROW_ID = /[0-9a-hjkmnp-tv-z]{26}/gi;

/** Noted in passing, of reads too: using a session puts its end off. */
const isInPassing = (table: string, column: string) =>
  column === 'last_used_at' || (table === 'session' && column === 'expires_at');

/** Every row of every table, in the same order every time, but for what is noted in passing. */
export async function dump(db: Database): Promise<Record<string, Record<string, unknown>[]>> {
  const tables: Record<string, Record<string, unknown>[]> = {};
  for (const table of TABLES) {
    const all = statement<Record<string, unknown>>(`proof.all ${table}`, `SELECT * FROM ${table}`);
    const rows = await db.read.all(all, []);
    const kept = rows.map((row) => {
      const columns = Object.fromEntries(
        Object.entries(row).filter(([column]) => !isInPassing(table, column)),
      );
      return { key: JSON.stringify(columns), columns };
    });
    tables[table] = kept.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ columns }) => columns);
  }
  return tables;
}

/**
 * The same where ids are replaced by names, and rows stand in an order that does not depend on ids: two of these are
 * equal where everything is alike but for what was drawn by lot. `names`: of row ids.
 */
export async function canonicalDump(
  db: Database,
  names: ReadonlyMap<string, string>,
): Promise<Record<string, string[]>> {
  const canonical = (value: unknown): unknown => {
    if (typeof value === 'boolean') return Number(value);
    return typeof value === 'string'
      ? value.replaceAll(ROW_ID, (id) => names.get(id.toLowerCase()) ?? 'an id')
      : value;
  };
  const tables = Object.entries(await dump(db)).map(([table, rows]): [string, string[]] => [
    table,
    rows
      .map((row) => {
        const columns = Object.entries(row).filter(([column]) => !BY_LOT.has(column));
        return JSON.stringify(columns.sort().map(([column, value]) => [column, canonical(value)]));
      })
      .sort(),
  ]);
  return Object.fromEntries(tables);
}
