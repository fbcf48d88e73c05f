// The one place that knows which errors of the drivers mean that the database cannot serve, and not that we are wrong.

import { driverFaultIn } from './driver-error.ts';

/** Why the database cannot serve at the moment. /health/ready shows it. */
export type Unavailability =
  | 'DATABASE_UNREACHABLE'
  | 'DATABASE_FULL'
  | 'DATABASE_READ_ONLY'
  | 'DATABASE_LOCKED'
  | 'DATABASE_OVERLOADED'
  | 'DATABASE_MOVED';

/** An error of the store's own that means that the database cannot serve. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
  readonly reason: Unavailability;

  constructor(reason: Unavailability, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** COMMIT was sent and not answered. The transaction was stored completely or not at all. */
export class OutcomeUnknown extends DatabaseUnavailable {
  constructor(cause: Error) {
    super('DATABASE_UNREACHABLE', `COMMIT was not answered: ${cause.message}`, { cause });
  }
}

/** Nobody waits for this transaction any more. It was rolled back. */
export class TransactionCancelled extends Error {
  override readonly name = 'TransactionCancelled';
}

/** The errors of PostgreSQL by the beginning of their SQLSTATE (postgresql.org/docs, "Appendix A"). */
const BY_SQLSTATE: readonly (readonly [RegExp, Unavailability])[] = [
  // connections, authentication, shutdown, a database that is gone, a failed disk
  [/^(?:08|28|57P0|58|3D000|3F000)/, 'DATABASE_UNREACHABLE'],
  [/^53100/, 'DATABASE_FULL'],
  [/^53/, 'DATABASE_OVERLOADED'],
  [/^25006/, 'DATABASE_READ_ONLY'],
  // lock time-out, statement time-out, serialization failures and deadlocks that outlast every attempt
  [/^(?:55P03|57014|40001|40P01|25P0[34])/, 'DATABASE_LOCKED'],
];

/** The errors of SQLite by the beginning of their name (sqlite.org/rescode.html). */
const BY_SQLITE_CODE: readonly (readonly [RegExp, Unavailability])[] = [
  [/^SQLITE_READONLY_DBMOVED/, 'DATABASE_MOVED'],
  [/^SQLITE_(?:READONLY|PERM)/, 'DATABASE_READ_ONLY'],
  [/^SQLITE_FULL/, 'DATABASE_FULL'],
  [/^SQLITE_(?:BUSY|LOCKED|PROTOCOL)/, 'DATABASE_LOCKED'],
  // a read that ends too soon is damage, which waiting does not heal
  [/^SQLITE_(?:IOERR(?!_SHORT_READ|_CORRUPTFS|_DATA)|CANTOPEN)/, 'DATABASE_UNREACHABLE'],
];

/** The errors of the system, of a socket or a file. */
const BY_SYSTEM_CODE: readonly (readonly [RegExp, Unavailability])[] = [
  [/^(?:ENOSPC|EDQUOT|EFBIG)$/, 'DATABASE_FULL'],
  [/^EROFS$/, 'DATABASE_READ_ONLY'],
  [
    /^(?:ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/,
    'DATABASE_UNREACHABLE',
  ],
];

/** `pg` has no codes for these. */
const CONNECTION_LOST =
  /^(?:Connection terminated|Client has encountered a connection error|Client was closed|timeout expired|Query read timeout|timeout exceeded when trying to connect|Cannot use a pool after calling end)/;

/** Why the database could not serve, if this is what an error of either engine or of Prisma means. Otherwise null. */
export function unavailabilityOf(error: unknown): Unavailability | null {
  if (!(error instanceof Error)) return null;
  if (error instanceof DatabaseUnavailable) return error.reason;
  const code = driverFaultIn(error).originalCode ?? (error as { code?: unknown }).code;
  if (typeof code === 'string') {
    for (const table of [BY_SQLITE_CODE, BY_SYSTEM_CODE, /^[0-9A-Z]{5}$/.test(code) ? BY_SQLSTATE : []])
      for (const [pattern, reason] of table) if (pattern.test(code)) return reason;
    // Prisma: the server is away, no connection in time, a transaction that took too long, a lost race
    if (/^(?:P1001|P1002|P1008|P1017|P2024|P2028)$/.test(code)) return 'DATABASE_UNREACHABLE';
    if (code === 'P2034') return 'DATABASE_LOCKED';
    return null;
  }
  return CONNECTION_LOST.test(error.message) ? 'DATABASE_UNREACHABLE' : null;
}
