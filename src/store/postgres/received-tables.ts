// What tables and columns there are, and of which types, is the catalog's to say: a table that a migration adds is
// received without a change here.
import pg from 'pg';

/** How a column's values are written and read here: as they are, or made from what SQLite has for them. */
export type ColumnKind = 'plain' | 'boolean' | 'time' | 'json';

export interface ReceivedColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

export interface ReceivedTable {
  readonly name: string;
  /** Without generated columns, whose values are nobody's to give. */
  readonly columns: readonly ReceivedColumn[];
}

const COLUMNS = `SELECT c.relname AS "table", a.attname AS "column", format_type(a.atttypid, NULL) AS "type"
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND c.relname <> '_prisma_migrations' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  ORDER BY c.relname, a.attnum`;

/** The tables of the forum in a migrated database. */
export async function tablesOf(client: pg.Client): Promise<ReceivedTable[]> {
  const { rows } = await client.query<{ table: string; column: string; type: string }>(COLUMNS);
  const tables = new Map<string, ReceivedColumn[]>();
  for (const { table, column, type } of rows) {
    const columns = tables.get(table) ?? [];
    columns.push({ name: column, kind: kindOf(table, column, type) });
    tables.set(table, columns);
  }
  return [...tables].map(([name, columns]) => ({ name, columns }));
}

function kindOf(table: string, column: string, type: string): ColumnKind {
  if (type === 'boolean') return 'boolean';
  if (type === 'json' || type === 'jsonb') return 'json';
  if (type === 'timestamp without time zone') return 'time';
  if (type === 'bytea' || type.endsWith('[]') || type.startsWith('timestamp') || type === 'numeric')
    throw new Error(`${table}.${column} is of the type ${type}, which received-tables.ts does not know yet.`);
  return 'plain';
}

/** A name as SQL takes it. */
export function quoted(name: string): string {
  return pg.escapeIdentifier(name);
}
