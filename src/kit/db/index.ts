export type { Database, Engine, MaybePromise, Param, Reader, Statement, Tx } from './database.ts';
export { migrate } from './migrate.ts';
export { type MigrationRow, migrationsFolder, pendingMigrations, readMigrations } from './migrations.ts';
export { addressOf, type DatabaseAddress, openDatabase } from './open-database.ts';
export { type Dialect, statement } from './statement.ts';
export { isUniqueViolation } from './transactions.ts';
