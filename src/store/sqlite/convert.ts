// Converts between Prisma's values and SQLite's, exactly as @prisma/adapter-better-sqlite3 does with timestampFormat
// 'unixepoch-ms', so that each can read the other's database.
import { type ArgType, type ColumnType, ColumnTypeEnum } from '@prisma/driver-adapter-utils';

/** A value for better-sqlite3. Times become whole milliseconds since 1970. */
export function toSqlite(value: unknown, type: ArgType | undefined): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date) return value.getTime();
  if (typeof value !== 'string') return value;
  switch (type?.scalarType) {
    case 'int':
      return Number.parseInt(value, 10);
    case 'float':
    case 'decimal':
      return Number.parseFloat(value);
    case 'bigint':
      return BigInt(value);
    case 'datetime':
      return new Date(value).getTime();
    case 'bytes':
      return Buffer.from(value, 'base64');
    default:
      return value;
  }
}

const DECLARED: Readonly<Record<string, ColumnType>> = {
  DECIMAL: ColumnTypeEnum.Numeric,
  REAL: ColumnTypeEnum.Double,
  INTEGER: ColumnTypeEnum.Int32,
  BIGINT: ColumnTypeEnum.Int64,
  DATETIME: ColumnTypeEnum.DateTime,
  TEXT: ColumnTypeEnum.Text,
  BLOB: ColumnTypeEnum.Bytes,
  BOOLEAN: ColumnTypeEnum.Boolean,
  JSONB: ColumnTypeEnum.Json,
};

/** The types of the columns: as Prisma's migrations declare them, otherwise by the first value. */
export function columnTypes(declared: readonly (string | null)[], rows: readonly unknown[][]): ColumnType[] {
  return declared.map((type, index) => {
    const known = type === null ? undefined : DECLARED[type.toUpperCase()];
    return known ?? typeOf(rows.find((row) => row[index] !== null)?.[index]);
  });
}

function typeOf(value: unknown): ColumnType {
  switch (typeof value) {
    case 'string':
      return ColumnTypeEnum.Text;
    case 'bigint':
      return ColumnTypeEnum.Int64;
    case 'number':
      return ColumnTypeEnum.UnknownNumber;
    case 'object':
      return ColumnTypeEnum.Bytes;
    default:
      return ColumnTypeEnum.Int32; // the column holds nothing but NULL
  }
}

/** A row for Prisma: integers as numbers (as text beyond 2^53), times in ISO 8601. Changes the row in place. */
export function fromSqlite(row: unknown[], types: readonly ColumnType[]): unknown[] {
  for (let i = 0; i < row.length; i++) {
    const value = row[i];
    if (typeof value !== 'bigint' && typeof value !== 'number') continue;
    const type = types[i];
    const asNumber = Number(value);
    if (type === ColumnTypeEnum.DateTime) row[i] = new Date(asNumber).toISOString();
    else if (typeof value === 'bigint') row[i] = Number.isSafeInteger(asNumber) ? asNumber : value.toString();
    else if (type === ColumnTypeEnum.Int32 || type === ColumnTypeEnum.Int64) row[i] = Math.trunc(asNumber);
  }
  return row;
}
