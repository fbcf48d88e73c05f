// The two stores behind one face. Reads are prepared statements (`Reader`). A request writes by prepared statements
// (`Database.transaction`, rows.ts), a command by Prisma (`Database.write`): see docs/decisions/0007.
export type { MaybePromise } from '../graphql/execution/index.ts';
export { addReadTags } from './cache-tags.ts';
export type {
  Change,
  Database,
  Engine,
  LongTexts,
  Param,
  Reader,
  RequestDatabase,
  Snapshot,
  Statement,
  StoreLoad,
  Transaction,
  TransactionOptions,
  Tx,
} from './database.ts';
export { addressOf } from './database-url.ts';
export type { InvalidatedTags, Reads, Writes } from './declarations.ts';
export { problemLine } from './driver-error.ts';
export { clearExpired } from './expired-rows.ts';
export { type NewId, newId, ROW_ID } from './ids.ts';
export { type MigrationRow, migrationsFolder, pendingMigrations, readMigrations } from './migrations.ts';
export {
  migrate,
  notificationsOf,
  openDatabase,
  openSnapshot,
  receiveRows,
} from './open-database.ts';
export type { OpenTransport } from './postgres/notifications.ts';
export {
  BEYOND_ALL,
  OWN_WRITE_MS,
  type OwnWrites,
  ownWritesInMemory,
  REPLICA_LAG_MS_MAX,
} from './postgres/own-writes.ts';
export type { ColumnKind, ReceivedTable, Receiver } from './postgres/receive-rows.ts';
export { columnOf, type RowShape, selectList } from './row-shape.ts';
export {
  deleteRows,
  differing,
  insertNew,
  insertReturning,
  insertRow,
  type Table,
  updateReturning,
  updateRows,
} from './rows.ts';
export { openTemporaryDatabase } from './sqlite/temporary-database.ts';
export { change, type Dialect, endOfPrefix, statement } from './statement.ts';
export {
  advisoryLock,
  advisoryLocks,
  engineOf,
  isForeignKeyViolation,
  isUniqueViolation,
  preparedIn,
} from './transactions.ts';
export {
  OutcomeUnknown,
  TransactionCancelled,
  type Unavailability,
  unavailabilityOf,
} from './unavailable.ts';
