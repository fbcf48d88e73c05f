export type {
  Change,
  Database,
  DatabaseOptions,
  Engine,
  MaybePromise,
  Param,
  Reader,
  Statement,
  Touched,
  Transaction,
  Tx,
} from './database.ts';
export { type NewId, newId } from './ids.ts';
export { markRead } from './marks.ts';
export { migrate } from './migrate.ts';
export { type MigrationRow, migrationsFolder, pendingMigrations, readMigrations } from './migrations.ts';
export { addressOf, type DatabaseAddress, openDatabase } from './open-database.ts';
export {
  BEYOND_ALL,
  OWN_WRITE_MS,
  type OwnWrites,
  ownWritesInMemory,
  REPLICA_LAG_MS_MAX,
} from './postgres/own-writes.ts';
export type { Receiver } from './postgres/receive-rows.ts';
export type { ColumnKind, ReceivedTable } from './postgres/received-tables.ts';
export { receiveRows } from './receive-rows.ts';
export { deleteRows, differing, insertNew, insertRow, type Table, updateRows } from './rows.ts';
export { change, type Dialect, statement } from './statement.ts';
export { engineOf, isForeignKeyViolation, isUniqueViolation } from './transactions.ts';
export { advisoryLock, advisoryLocks } from './turn.ts';
