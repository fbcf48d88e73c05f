import type { PrismaClient } from '../generated/sqlite/client.ts';
import type { MaybePromise } from '../graphql/execution/index.ts';
import type { InvalidatedTags, Reads, Writes } from './declarations.ts';
import type { OwnWrites } from './postgres/own-writes.ts';

/** The two stores that hold a forum. Everything above store is written once for both. */
export type Engine = 'sqlite' | 'postgres';

/**
 * A parameter of a statement. A Date is stored as the engine stores times. An array is one parameter (see `inList`).
 */
export type Param = string | number | boolean | null | Date | readonly string[];

/** SQLite answers at once, PostgreSQL over a socket. */
export type { MaybePromise } from '../graphql/execution/index.ts';

/** The texts that make rows large. */
export interface LongTexts {
  /** Takes the same parameters, and finds how large the texts in all rows are. */
  readonly measuring: Statement<{ readonly bytes: number }>;
  /** The maximum number of rows that the statement finds with these parameters. */
  rowsMax(params: readonly Param[]): number;
}

/**
 * A read statement for both engines, which each connection prepares once. Create it with `statement` and store it in a
 * module constant. Parameters are `?` in the order of the array that is passed. Column aliases name the row's
 * properties (`created_at AS "createdAt"`).
 */
export interface Statement<Row> {
  readonly name: string;
  readonly text: Readonly<Record<Engine, string>>;
  /** Properties that its rows lack: reading one throws. See graphql/selected-columns.ts. */
  readonly omitted?: readonly string[];
  /** The long texts in its rows. See graphql/text-budget.ts. */
  readonly texts?: LongTexts;
  /** What it reads, by table. If omitted, answers that depend on it are not cached. */
  readonly reads?: readonly Reads[];
  /** The rows that an answer shows. If omitted, all of them. See graphql/connections/page.ts. */
  readonly visible?: (rows: readonly unknown[], params: readonly Param[]) => readonly unknown[];
  /** Whether a client's input gives it one of very many texts. PostgreSQL plans it at each call, and stores none of them. */
  readonly isVaried?: boolean;
  /** Never set: carries the row's type. */
  readonly row?: Row;
}

/**
 * Reads committed rows, never another request's open transaction. In the rows of both engines, times are milliseconds
 * since 1970, and counts, bigints and floats are numbers. Booleans are 0 and 1 on SQLite, false and true on PostgreSQL:
 * present them with `Boolean(…)`.
 */
export interface Reader {
  all<Row>(statement: Statement<Row>, params: readonly Param[]): MaybePromise<Row[]>;
  /**
   * Runs synchronous work whose reads all see one state of the store. Only SQLite has it. It also saves each statement
   * a transaction of its own.
   */
  readonly together?: ((work: () => void) => void) | undefined;
}

/** One state of the store, for commands that read all of it: what is committed meanwhile is not in it. */
export interface Snapshot {
  all<Row>(statement: Statement<Row>, params: readonly Param[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** A statement that writes. Create it with `change`. With a RETURNING clause it returns rows. */
export interface Change<Row = never> extends Statement<Row> {
  readonly writes: Writes;
  /**
   * On SQLite, it may run later: before the next statement that names its table, or before the COMMIT that it shares with
   * others. It must return no rows, and counts as one changed row. See sqlite/late-statements.ts.
   */
  readonly isLate?: boolean;
}

/**
 * An open transaction. Its reads include its own writes. Wait for nothing else inside it: on SQLite all other writers
 * wait for it. store/rows.ts has the usual INSERT, UPDATE and DELETE.
 */
export interface Transaction {
  readonly engine: Engine;
  all<Row>(statement: Statement<Row>, params: readonly Param[]): MaybePromise<Row[]>;
  /** Returns the number of changed rows. */
  run(change: Change<unknown>, params: readonly Param[]): MaybePromise<number>;
}

/** Prisma's client in a transaction, for commands that write many rows, such as an import. */
export type Tx = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'>;

export interface TransactionOptions {
  /**
   * Whether nobody waits for the transaction any more. It is asked before each statement and before COMMIT. Once it
   * returns true, the transaction is rolled back and rejects with TransactionCancelled.
   */
  readonly isOver?: () => boolean;
  /** Called when COMMIT is sent: from then on the transaction may be stored, whatever its caller learns. */
  readonly onCommitSent?: () => void;
  /** Called when a COMMIT that was sent has failed, and it is certain that nothing was stored. */
  readonly onCommitFailed?: () => void;
}

export interface DatabaseOptions {
  /**
   * The time-out of the requests that the database serves. Each wait for a connection, an answer or a lock is limited to
   * a part of it, so that a request can fail, or try again, in time. If omitted, the limits are those of commands.
   */
  readonly requestMsMax?: number;
  /** PostgreSQL: the number of connections to the primary, and half of that to each replica. At least 2. */
  readonly connections?: number;
  /** PostgreSQL: the read replicas. */
  readonly replicaUrls?: readonly string[];
  /** Where instances record the latest write of each author. If omitted, in this process. */
  readonly ownWrites?: OwnWrites;
}

/** How busy the store is, for metrics. */
export interface StoreLoad {
  /** Transactions that wait for their turn (SQLite) or for a connection (PostgreSQL). */
  readonly waitingWrites: number;
  /** Reads that wait for a connection. */
  readonly waitingReads: number;
  /** Open connections to the primary. */
  readonly connections: number;
  /** The size of SQLite's write-ahead log. Null on PostgreSQL. */
  readonly logBytes: number | null;
}

/** The parts of the database that a request uses. */
export type RequestDatabase = Pick<Database, 'engine' | 'read' | 'transaction'>;

export interface Database {
  readonly engine: Engine;
  readonly read: Reader;
  /**
   * For commands: runs `work` with Prisma in one transaction. Resolves when the commit is durable. Use only `tx` inside
   * it. On PostgreSQL `work` runs again after a serialisation failure or a deadlock, so it must change nothing outside
   * the database.
   */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** For requests: the same with prepared statements on the writer's connection, at a tenth of the cost of Prisma. */
  transaction<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /**
   * The database for one request of an actor (a row id; null for a guest). It may read from a replica, which lags at
   * most a second and has everything that this actor wrote.
   */
  forActor(actor: string | null): MaybePromise<Database>;
  /**
   * Resolves if the store answers and, on SQLite, the file is still the one at its path and its disk has space. Rejects
   * with the reason if not.
   */
  ping(): Promise<void>;
  /** Whether every migration of this version has been applied. Rejects if the store does not answer. */
  migrationsApplied(): Promise<boolean>;
  /**
   * Calls `listener` with the text of each statement of a request that is sent to the store. Returns a function that
   * removes the listener.
   */
  onStatement(listener: (text: string) => void): () => void;
  /**
   * Calls `listener` with the invalidated cache tags after each commit of this process, before the commit is
   * acknowledged. Errors of a listener do not fail the write. A commit whose outcome is unknown is reported several
   * times. Returns a function that removes the listener.
   */
  onCommit(listener: (tags: InvalidatedTags) => void): () => void;
  /**
   * The number of times that another process was found to have changed the database, which is looked up once a turn of
   * the event loop. Callers compare it with its earlier value to drop what they have cached. Null if the store cannot
   * tell, as on PostgreSQL.
   */
  changesElsewhere(): number | null;
  load(): StoreLoad;
  /**
   * Waits for running writes, then closes every connection. After `withinMs` it closes them without waiting. If omitted,
   * that is as long as a command may take.
   */
  close(withinMs?: number): Promise<void>;
}
