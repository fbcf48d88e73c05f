import type { PrismaClient } from '../generated/sqlite/client.ts';
import type { MaybePromise } from '../graphql/execution/index.ts';
import type { InvalidatedTags, Reads, Writes } from './declarations.ts';
import type { OwnWrites } from './postgres/own-writes.ts';

/** The two stores that hold a forum. Everything above store is written once for both. */
export type Engine = 'sqlite' | 'postgres';

/** What a statement takes. A Date is stored as the engine stores times; an array is one parameter (see `inList`). */
export type Param = string | number | boolean | null | Date | readonly string[];

/** SQLite answers at once, PostgreSQL over a socket. */
export type { MaybePromise } from '../graphql/execution/index.ts';

/**
 * One read statement, written once for both engines and prepared once a connection. Make it with `statement`; keep it
 * in a module constant, never make one per call. Parameters are `?` in the order of the array that is passed.
 * Column aliases give the row's names (`created_at AS "createdAt"`).
 */
export interface Statement<Row> {
  readonly name: string;
  readonly text: Readonly<Record<Engine, string>>;
  /** Properties that its rows lack: reading one throws. See graphql/selected-columns.ts. */
  readonly omitted?: readonly string[];
  /** What it reads, table by table; if omitted, no answer that is made of it is cached. */
  readonly reads?: readonly Reads[];
  /** Its rows without those that an answer shows nothing of; if omitted, all of them. See graphql/connections/page.ts. */
  readonly visible?: (rows: readonly unknown[], params: readonly Param[]) => readonly unknown[];
  /** Never there: carries the row's type. */
  readonly row?: Row;
}

/**
 * Reads of committed rows, never of another request's open transaction. In the rows of both engines: times are
 * milliseconds since 1970 (number or null), counts and bigints are numbers, floats are numbers, SQLite's booleans are
 * 0 and 1 and PostgreSQL's are false and true (present them with `Boolean(…)`).
 */
export interface Reader {
  all<Row>(statement: Statement<Row>, params: readonly Param[]): MaybePromise<Row[]>;
  /**
   * Runs work that reads at once, all of it from one state of the store. Only where the store answers at once; there
   * it spares each statement the start and the end of a transaction of its own.
   */
  together?(work: () => void): void;
}

/**
 * A statement that writes, the same way; make it with `change`. One with a RETURNING clause answers rows.
 */
export interface Change<Row = never> extends Statement<Row> {
  readonly writes: Writes;
}

/**
 * One open transaction: what it reads includes what it has written. Never wait in it for anything but the transaction
 * itself; on SQLite every other writer stands behind it. store/rows.ts writes the usual INSERT and UPDATE.
 */
export interface Transaction {
  readonly engine: Engine;
  all<Row>(statement: Statement<Row>, params: readonly Param[]): MaybePromise<Row[]>;
  /** Answers the number of rows changed. */
  run(change: Change<unknown>, params: readonly Param[]): MaybePromise<number>;
}

/** Prisma's client inside a transaction: for writes of many rows that no request waits for, such as an import. */
export type Tx = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'>;

/** How long a transaction may run before it is rolled back: 15 seconds, or two minutes for a whole document. */
export type TransactionLength = 'SHORT' | 'LONG';

/** How a database is opened. */
export interface DatabaseOptions {
  /**
   * A file: no other process answers requests from it. Requests that come in one turn of the event loop may then see one
   * state, up to this process' next commit: nobody among them can know of a later one.
   */
  readonly isServedAlone?: boolean;
  /** A server: connections of this process to the primary, and half as many to each replica. At least 2. */
  readonly connections?: number;
  /** A server: those that follow it, for reads. */
  readonly replicaUrls?: readonly string[];
  /** Where the instances of one forum find who has just written; this process alone where absent. */
  readonly ownWrites?: OwnWrites;
}

export interface Database {
  readonly engine: Engine;
  readonly read: Reader;
  /**
   * For commands: runs `work` with Prisma in one transaction and resolves when it is durable. Inside it use only `tx`.
   * On PostgreSQL a serialisation conflict or deadlock runs `work` again, so it must not change anything outside the
   * database.
   */
  write<T>(work: (tx: Tx) => Promise<T>, length?: TransactionLength): Promise<T>;
  /**
   * For requests: the same by prepared statements on the writer's connection, at a tenth of the cost of Prisma's. `work`
   * may run again in the same way.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /**
   * The database as one request of somebody is to see it (a row id; null: a guest). Its reads may come from a replica,
   * which is at most a second behind and has everything that this actor wrote.
   */
  forActor(actor: string | null): MaybePromise<Database>;
  /** Resolves when the store answers; rejects with the reason when not. */
  ping(): Promise<void>;
  /** Whether the store has had every migration of this version: false before `migrate`, or after another's downgrade. */
  migrationsApplied(): Promise<boolean>;
  /** Called once for each statement that reaches the store, with its text; returns a function that stops it. */
  onStatement(listener: (text: string) => void): () => void;
  /**
   * Called after each commit of this process and before it is acknowledged, with the cache tags that it invalidates. What
   * it throws harms no write. For a commit whose answer was lost it is called several times: it may not be done yet.
   * Returns a function that stops it.
   */
  onCommit(listener: (tags: InvalidatedTags) => void): () => void;
  /**
   * How often another program has been found to have changed the database, looked up now: who keeps what they have read
   * compares it with what it was. Where this process serves alone, one look for all that comes in one turn. Null: this store does not tell, as a server for many does not.
   */
  changesElsewhere(): number | null;
  /** Waits for the writes under way, then closes every connection. */
  close(): Promise<void>;
}
