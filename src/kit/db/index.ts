export type { Database, Engine, MaybePromise, Param, Reader, Statement, Tx } from './database.ts';
export { type Dialect, statement } from './statement.ts';
