import { DriverAdapterError, type MappedError } from '@prisma/driver-adapter-utils';

interface SqliteError {
  readonly code: string;
  readonly message: string;
}

/** Whether an error is SQLite's, which has a code such as SQLITE_FULL. */
function isSqliteError(error: unknown): error is SqliteError {
  return error instanceof Error && String((error as { code?: unknown }).code).startsWith('SQLITE_');
}

/** Whether another process holds the lock that this statement needs. */
export function isBusy(error: unknown): boolean {
  return isSqliteError(error) && /^SQLITE_(BUSY|LOCKED)/.test(error.code);
}

/** Converts SQLite's errors for Prisma, which makes P2002 and others of them. Other errors stay as they are. */
export function driverError(error: unknown): unknown {
  if (!isSqliteError(error)) return error;
  const cause = { originalCode: error.code, originalMessage: error.message, ...mapped(error) };
  return new DriverAdapterError(cause);
}

/** SQLite's message names the columns: "UNIQUE constraint failed: author.id, author.name". */
function mapped({ code, message }: SqliteError): MappedError {
  const columns = message.split('constraint failed: ')[1]?.split(', ');
  const fields = columns?.map((column) => column.slice(column.indexOf('.') + 1)) ?? [];
  switch (code) {
    case 'SQLITE_CONSTRAINT_UNIQUE':
    case 'SQLITE_CONSTRAINT_PRIMARYKEY': {
      const table = columns?.[0]?.split('.')[0];
      return { kind: 'UniqueConstraintViolation', constraint: { fields }, ...(table ? { table } : {}) };
    }
    case 'SQLITE_CONSTRAINT_NOTNULL':
      return { kind: 'NullConstraintViolation', constraint: { fields } };
    case 'SQLITE_CONSTRAINT_FOREIGNKEY':
    case 'SQLITE_CONSTRAINT_TRIGGER':
      return { kind: 'ForeignKeyConstraintViolation', constraint: { foreignKey: {} } };
  }
  if (code.startsWith('SQLITE_BUSY')) return { kind: 'SocketTimeout' };
  const [, what, name] = /^no such (table|column): (.+)$/.exec(message) ?? [];
  if (what && name)
    return what === 'table'
      ? { kind: 'TableDoesNotExist', table: name }
      : { kind: 'ColumnNotFound', column: name };
  // better-sqlite3 has the code's name but not its number; 1 is SQLite's generic error
  return { kind: 'sqlite', extendedCode: 1, message: `${code}: ${message}` };
}
