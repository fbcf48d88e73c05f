import { badInput } from '../../access/errors.ts';
import { ROW_ID } from '../../store/index.ts';

/** One way to sort a table: a column, then the id in the same direction, so that no two rows are equal. */
export interface SortOrder {
  /** Unique among the orders of its table; cursors contain it. */
  readonly name: string;
  /** The column in SQL, and the row's property that holds it. */
  readonly column: string;
  readonly property: string;
  readonly ascending: boolean;
  readonly kind: 'int' | 'float' | 'time' | 'text';
  /** What cursors contain in the place of the name, if they depend on more. */
  readonly cursorName?: string;
  /** True if no index has the rows of the list in this order, so that all of them are sorted for each page. */
  readonly isSorted?: boolean;
}

/** Where a row is in an order: its sort key and, among equals, its id. */
export interface CursorPosition {
  readonly key: string | number;
  readonly id: string;
}

const INT32 = 2 ** 31;
/** The longest cursor holds a title or a name, of up to 300 characters of 4 bytes or 6 characters in JSON each. */
const CURSOR_CHARS_MAX = 4_000;
/** The instants that both engines, Date and RFC 3339 write alike, in milliseconds: the years 0001 to 9999. */
export const TIME_MIN = Date.parse('0001-01-01T00:00:00Z');
export const TIME_MAX = Date.parse('9999-12-31T23:59:59.999Z');

/** An opaque cursor: the order's name and a position in it. It stays valid when rows come and go. */
export function encodeCursor(order: SortOrder, position: CursorPosition): string {
  return Buffer.from(JSON.stringify([cursorNameOf(order), position.key, position.id])).toString('base64url');
}

/** The position that a cursor names. Throws BAD_USER_INPUT for anything that `encodeCursor` did not make in the same order. */
export function decodeCursor(order: SortOrder, cursor: string, field: 'after' | 'before'): CursorPosition {
  const parts = partsOf(cursor, CURSOR_CHARS_MAX);
  const [name, key, id] = parts;
  if (parts.length !== 3 || typeof name !== 'string' || typeof id !== 'string' || !ROW_ID.test(id)) {
    throw badInput(`This cursor is not valid: "${cursor.slice(0, 80)}".`, field);
  }
  if (name !== cursorNameOf(order)) {
    throw badInput(
      `This cursor belongs to another sort order (${name.slice(0, 40)}, not ${cursorNameOf(order)}).`,
      field,
    );
  }
  if (!fits(order, key)) {
    throw badInput(`This cursor is not valid: "${cursor.slice(0, 80)}".`, field);
  }
  return { key, id };
}

/** What the cursors of an order begin with. */
export function cursorNameOf({ name, cursorName = name }: SortOrder): string {
  return cursorName;
}

/** The name in a cursor that may be of any order; null if it has none. */
export function nameInCursor(cursor: string): string | null {
  const [name] = partsOf(cursor, CURSOR_CHARS_MAX);
  return typeof name === 'string' ? name : null;
}

/** What a cursor contains; nothing if it is longer than `charsMax` or was not made here. */
export function partsOf(cursor: string, charsMax: number): readonly unknown[] {
  if (cursor.length > charsMax) return [];
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

/** A key of the wrong kind would reach the database as a bad parameter: PostgreSQL answers that with an error. */
function fits(order: SortOrder, key: unknown): key is string | number {
  switch (order.kind) {
    case 'text':
      return typeof key === 'string' && key.isWellFormed() && !key.includes('\0');
    case 'float':
      return typeof key === 'number' && Number.isFinite(key);
    case 'int':
      return Number.isInteger(key) && Math.abs(key as number) < INT32;
    case 'time':
      return Number.isInteger(key) && (key as number) >= TIME_MIN && (key as number) <= TIME_MAX;
  }
}
