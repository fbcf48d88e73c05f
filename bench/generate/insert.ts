import type { Database } from 'better-sqlite3';

type Value = string | number | null;

/**
 * A prepared INSERT of rows of one shape: the columns are those of the first row, by their names in the database.
 * Every row must have them in the same order.
 */
export function inserter(db: Database, table: string): (row: Readonly<Record<string, Value>>) => void {
  let run: ((values: Value[]) => void) | null = null;
  return (row) => {
    run ??= prepare(db, table, Object.keys(row));
    run(Object.values(row));
  };
}

function prepare(db: Database, table: string, columns: readonly string[]): (values: Value[]) => void {
  const places = columns.map(() => '?').join(', ');
  const insert = db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`);
  return (values) => insert.run(...values);
}

/**
 * Runs `fill` in one transaction while no secondary index of the schema is there, then makes them again: filling an
 * index row by row takes several times as long, and the schema is the same afterwards.
 */
export function withoutIndexes(db: Database, fill: () => void): void {
  const indexes = db
    .prepare(`SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name`)
    .all() as { name: string; sql: string }[];
  db.transaction(() => {
    for (const { name } of indexes) db.exec(`DROP INDEX "${name}"`);
    fill();
    for (const { sql } of indexes) db.exec(sql);
  })();
}
