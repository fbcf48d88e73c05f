import type { SqlDriverAdapter, SqlQuery, SqlResultSet, Transaction } from '@prisma/driver-adapter-utils';
import type { WriterConnection } from './connection.ts';
import { Turns } from './turns.ts';

/** A group is closed after this many transactions or this time, so that the first does not wait for ever. */
const GROUP_MEMBERS_MAX = 64;
const GROUP_MS_MAX = 10;

/** A transaction that has ended well and waits for the shared commit. */
interface Waiting {
  resolve(): void;
  reject(reason: unknown): void;
}

/**
 * The queue in front of the one connection that writes. Transactions run one after the other, each as a savepoint of
 * a transaction that the whole group shares; a transaction is acknowledged when the shared one is on disk, so many
 * commits cost one wait for the disk. A member that fails is undone alone. Where the shared commit fails, or SQLite
 * undoes everything by itself (a full disk), every member that has not been acknowledged is told so.
 */
export class Writer {
  readonly #turns = new Turns();
  readonly #adapter: SqlDriverAdapter;
  readonly #database: WriterConnection['database'];
  #waiting: Waiting[] = [];
  #openedAt = 0;

  constructor({ adapter, database }: WriterConnection) {
    this.#adapter = adapter;
    this.#database = database;
  }

  /** One statement in a transaction of its own. */
  async run<T>(work: (adapter: SqlDriverAdapter) => Promise<T>): Promise<T> {
    const member = await this.begin();
    let result: T;
    try {
      result = await work(this.#adapter);
    } catch (error) {
      await member.rollback();
      throw error;
    }
    await member.commit();
    return result;
  }

  /** Waits for its turn, then begins a transaction. Others wait until it has committed or rolled back. */
  async begin(): Promise<Transaction> {
    const leave = await this.#turns.take();
    try {
      if (!this.#database.inTransaction) {
        // the write lock now: a deferred transaction would meet SQLITE_BUSY in its middle
        await this.#adapter.executeScript('BEGIN IMMEDIATE');
        this.#openedAt = performance.now();
      }
      await this.#adapter.executeScript('SAVEPOINT member');
    } catch (error) {
      await this.#close();
      leave();
      throw error;
    }
    return this.#member(leave);
  }

  /** Resolves when nothing is under way or waiting. */
  async idle(): Promise<void> {
    const leave = await this.#turns.take();
    await this.#close();
    leave();
  }

  #member(leave: () => void): Transaction {
    let isOpen = true;
    const use = <T>(work: () => Promise<T>): Promise<T> =>
      isOpen ? work() : Promise.reject(new Error('The transaction has ended.'));
    /** SQLite may answer an error by undoing everything: then nobody in the group was saved. */
    const checked = async <T>(work: () => Promise<T>): Promise<T> => {
      try {
        return await work();
      } catch (error) {
        if (!this.#database.inTransaction) this.#settle(error);
        throw error;
      }
    };
    const script = (sql: string) => checked(() => this.#adapter.executeScript(sql));
    const end = async () => {
      isOpen = false;
      if (this.#isGroupFull() || !this.#turns.hasNext) await this.#close();
      leave();
    };
    return {
      provider: this.#adapter.provider,
      adapterName: this.#adapter.adapterName,
      options: { usePhantomQuery: true },
      queryRaw: (query: SqlQuery): Promise<SqlResultSet> =>
        use(() => checked(() => this.#adapter.queryRaw(query))),
      executeRaw: (query: SqlQuery): Promise<number> =>
        use(() => checked(() => this.#adapter.executeRaw(query))),
      createSavepoint: (name: string) => use(() => script(`SAVEPOINT ${name}`)),
      rollbackToSavepoint: (name: string) => use(() => script(`ROLLBACK TO ${name}`)),
      releaseSavepoint: (name: string) => use(() => script(`RELEASE SAVEPOINT ${name}`)),
      commit: () =>
        use(async () => {
          let saved: Promise<void>;
          try {
            await script('RELEASE member');
            saved = new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
          } catch (error) {
            await this.#undoMember();
            await end();
            throw error;
          }
          await end();
          return saved;
        }),
      rollback: async () => {
        if (!isOpen) return;
        await this.#undoMember();
        await end();
      },
    };
  }

  async #undoMember(): Promise<void> {
    if (!this.#database.inTransaction) return;
    await this.#adapter.executeScript('ROLLBACK TO member; RELEASE member');
  }

  #isGroupFull(): boolean {
    return this.#waiting.length >= GROUP_MEMBERS_MAX || performance.now() - this.#openedAt >= GROUP_MS_MAX;
  }

  /** Commits the shared transaction and tells its members. */
  async #close(): Promise<void> {
    if (!this.#database.inTransaction) return;
    try {
      await this.#adapter.executeScript('COMMIT');
      this.#settle(null);
    } catch (error) {
      if (this.#database.inTransaction) await this.#adapter.executeScript('ROLLBACK');
      this.#settle(error);
    }
  }

  #settle(error: unknown): void {
    const members = this.#waiting;
    this.#waiting = [];
    for (const member of members) {
      if (error === null) member.resolve();
      else member.reject(error);
    }
  }
}
