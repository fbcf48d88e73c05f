// SQLite has a single writer, and with synchronous=FULL each COMMIT waits for the disk. So writers that queue up while
// another one writes share one transaction and one fsync. Each member learns of its success only when the shared COMMIT
// has succeeded. Each member writes inside a savepoint, so that a failing one rolls back only its own changes. SQLite
// copies each page before a savepoint's first change to it, which costs a twentieth of a comment's processor time. A
// member may fail because of what earlier members wrote (such as the same idempotency key), so its failure is reported
// only when their changes are on disk.
import { setTimeout as sleep } from 'node:timers/promises';
import { TransactionCancelled } from '../unavailable.ts';
import { type Commands, type Connection, commandsOf } from './group-commands.ts';
import type { LateStatements } from './late-statements.ts';

interface GroupCommitOptions {
  /** Throws if what is written would be lost, because the file is no longer the one at its path. */
  readonly check?: (() => void) | undefined;
  /** How long a writer waits while another process has the lock. Other requests are served between attempts. */
  readonly busyMsMax?: number | undefined;
  /** What members leave for the end. It runs before the COMMIT. */
  readonly late?: Pick<LateStatements, 'run' | 'forget'>;
}

/** The current writer. It must end with one `commit` or `rollback`; nobody else writes until then. */
export interface Member {
  /** Runs a statement. Throws its error, or an error if the member has ended. */
  run<T>(statement: () => T): T;
  /** Resolves when the member's changes are on disk. Rejects if they are lost. */
  commit(): Promise<void>;
  /**
   * Rolls back the member's changes. Resolves when the changes of others that it has seen are on disk, so that its
   * failure can be reported; rejects if those were lost. Does nothing if the member has ended.
   */
  rollback(): Promise<void>;
}

/** Limits of a group: the number of its members and its age, because its first members wait for the last. */
const GROUP_MEMBERS_MAX = 64;
const GROUP_MS_MAX = 50;
const BUSY_MS_MAX = 10_000;

interface Group {
  readonly startedAt: number;
  members: number;
  /** The members whose changes it has. */
  stored: number;
  /** Members that wait for the COMMIT: those that have ended, and those that failed after others had ended. */
  readonly waiting: { resolve(): void; reject(error: unknown): void }[];
  /** Why the group is lost; null while it is not. */
  failure: unknown;
}

export class GroupCommit {
  readonly #connection: Connection;
  readonly #commands: Commands;
  readonly #check: () => void;
  readonly #busyMsMax: number;
  readonly #queue: (() => void)[] = [];
  #isTaken = false;
  #group: Group | null = null;

  constructor(connection: Connection, options: GroupCommitOptions = {}) {
    const { check = () => {}, busyMsMax = BUSY_MS_MAX } = options;
    this.#connection = connection;
    this.#commands = commandsOf(connection, options.late);
    this.#check = check;
    this.#busyMsMax = busyMsMax;
  }

  /** The number of writers that wait for their turn. */
  get waiting(): number {
    return this.#queue.length;
  }

  /**
   * Waits for the caller's turn, in order of arrival. It never comes at once: requests that arrive together are parsed
   * first and then written together. Alternating between the two evicts the processor's caches and takes up to a fifth
   * longer for each write. A caller that `isOver` when its turn comes is refused.
   */
  async enter(isOver?: () => boolean): Promise<Member> {
    const arrivedAt = performance.now();
    await this.#turn();
    try {
      if (isOver?.()) throw new TransactionCancelled('Nobody waits for this transaction any more.');
      this.#group ??= await this.#begin(arrivedAt);
      return this.#join(this.#group);
    } catch (error) {
      this.#leave();
      throw error;
    }
  }

  /**
   * Waits in the same queue, for a transaction on another connection. Returns the function that passes the turn on.
   */
  async reserve(): Promise<() => void> {
    await this.#turn();
    if (this.#group) this.#commit(this.#group);
    return () => this.#leave();
  }

  async #turn(): Promise<void> {
    const turn = new Promise<void>((resolve) => this.#queue.push(resolve));
    if (!this.#isTaken) {
      this.#isTaken = true;
      setImmediate(() => this.#queue.shift()?.());
    }
    await turn;
  }

  async #begin(arrivedAt: number): Promise<Group> {
    for (;;) {
      try {
        this.#check();
        this.#commands.begin();
        return { startedAt: performance.now(), members: 0, stored: 0, waiting: [], failure: null };
      } catch (error) {
        // those who have waited behind this one as long fail at their first attempt
        if (!isBusy(error) || performance.now() - arrivedAt > this.#busyMsMax) throw error;
      }
      await sleep(1 + Math.random() * 9);
    }
  }

  #join(group: Group): Member {
    try {
      this.#commands.save();
    } catch (error) {
      this.#fail(group, error);
      throw error;
    }
    group.members++;
    let hasEnded = false;
    const end = (command: () => void) => {
      hasEnded = true;
      try {
        if (group.failure === null) command();
      } catch (error) {
        this.#fail(group, error);
      }
    };
    return {
      run: (statement) => {
        if (hasEnded) throw new Error('The transaction has ended.');
        if (group.failure !== null) throw group.failure;
        try {
          return statement();
        } catch (error) {
          // errors such as a full disk make SQLite roll back the whole transaction
          if (!this.#connection.inTransaction) this.#fail(group, error);
          throw error;
        }
      },
      commit: () => {
        if (hasEnded) return Promise.reject(new Error('The transaction has ended.'));
        group.stored++;
        end(this.#commands.release);
        const committed = group.failure === null ? outcomeOf(group) : Promise.reject(group.failure);
        this.#leave();
        return committed;
      },
      rollback: () => {
        if (hasEnded) return Promise.resolve();
        // if it is alone, or the group has failed, it has seen no changes of others
        const seen = group.waiting.length > 0 ? outcomeOf(group) : Promise.resolve();
        end(this.#commands.undo);
        this.#leave();
        return seen;
      },
    };
  }

  /** Passes the turn to the next member of this group, or of a new group after this one's COMMIT. */
  #leave(): void {
    const group = this.#group;
    const isFull =
      group === null ||
      group.members >= GROUP_MEMBERS_MAX ||
      performance.now() - group.startedAt >= GROUP_MS_MAX;
    const next = this.#queue.shift();
    // writers that arrive during the COMMIT form the next group
    if (group && (isFull || !next)) this.#commit(group);
    if (!next) this.#isTaken = false;
    else if (isFull)
      setImmediate(next); // lets reads and sockets run between two groups
    else next();
  }

  #commit(group: Group): void {
    try {
      // without changes, COMMIT would still write the pages that were changed and changed back
      if (group.stored > 0) this.#commands.commit();
      else this.#commands.rollback();
    } catch (error) {
      this.#fail(group, error);
      return;
    }
    this.#group = null;
    for (const { resolve } of group.waiting) resolve();
  }

  /** Fails the group: nothing of it is stored, and all members are notified. */
  #fail(group: Group, error: unknown): void {
    group.failure = error;
    this.#group = null;
    try {
      if (this.#connection.inTransaction) this.#commands.rollback();
    } catch {
      // the transaction is still open, so every later BEGIN fails and nothing is acknowledged falsely
    }
    for (const { reject } of group.waiting.splice(0)) reject(error);
  }
}

/** Resolves when the group's changes are on disk. Rejects with the reason if they are lost. */
function outcomeOf(group: Group): Promise<void> {
  return new Promise((resolve, reject) => group.waiting.push({ resolve, reject }));
}

/** Whether another process holds the lock that a statement needs. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && /^SQLITE_(BUSY|LOCKED)/.test(String((error as { code?: unknown }).code));
}
