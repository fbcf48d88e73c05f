// What the parts of an export share: pages of rows, and members that are left out if they say nothing.
import type { PageUrls } from '../access/page-urls.ts';
import type { Param, Snapshot, Statement } from '../store/index.ts';
import type { ExportRole } from './records.ts';

/** What an export reads, and for whom. */
export interface ExportScope {
  readonly snapshot: Snapshot;
  readonly role: ExportRole;
  /** Whether deleted texts are in it: those of moderators. */
  readonly seesDeleted: boolean;
  /** Whether it has what only an operator sees: single votes, keys and counts that no page shows. */
  readonly isComplete: boolean;
  /** The URLs of this forum's pages. */
  readonly pages: PageUrls;
  /** When it was begun. */
  readonly nowMs: number;
}

/** Rows in memory: with the longest texts, 12 MB. */
const PAGE = 200;

/** The rows of a statement that ends in `t.id > ? ORDER BY t.id LIMIT ?`, page by page. */
export async function* rowsOf<Row extends { readonly id: string }>(
  { snapshot }: ExportScope,
  statement: Statement<Row>,
): AsyncGenerator<readonly Row[]> {
  for (let after = ''; ; ) {
    const rows = await snapshot.all(statement, [after, PAGE]);
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)?.id ?? after;
  }
}

/** The rows of a statement with one list of ids, by the id that `by` names. */
export async function groupedRows<Row>(
  { snapshot }: ExportScope,
  statement: Statement<Row>,
  ids: readonly Param[],
  by: (row: Row) => string,
): Promise<(id: string) => readonly Row[]> {
  const groups = new Map<string, Row[]>();
  if (ids.length > 0)
    for (const row of await snapshot.all(statement, [ids as readonly string[]])) {
      const group = groups.get(by(row));
      if (group) group.push(row);
      else groups.set(by(row), [row]);
    }
  return (id) => groups.get(id) ?? [];
}

/** A record without the members that are null, undefined or empty lists. */
export function compact<R extends object>(record: { readonly [K in keyof R]: R[K] | null | undefined }): R {
  const entries = Object.entries(record).filter(
    ([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(entries) as R;
}

export const isoTime = (ms: number | null | undefined): string | null =>
  ms === null || ms === undefined ? null : new Date(ms).toISOString();

/** `true`, or nothing. SQLite has 0 and 1. */
export const ifTrue = (value: number | boolean): true | undefined => (value ? true : undefined);

/** A stored JSON object with its members in one order: PostgreSQL has an order of its own. */
export function storedJson(value: unknown): Readonly<Record<string, unknown>> | null {
  const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  return typeof parsed === 'object' && parsed !== null ? (inOrder(parsed) as Record<string, unknown>) : null;
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, member]) => [name, inOrder(member)]));
}
