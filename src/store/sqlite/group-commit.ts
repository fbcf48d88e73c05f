// One writer after the other, and one fsync for many. SQLite has a single writer; with synchronous=FULL each COMMIT
// waits for the disk. Members that queue up while another one writes share one transaction, and each of them learns of
// its success only when the COMMIT that they share has succeeded.
//
// Each member writes inside a savepoint, so that one that fails takes back nothing of the others. SQLite copies each
// page before a savepoint's first change to it, a twentieth of a comment's processor time. A member that fails may have
// failed because of what earlier members wrote (a repeat under the same idempotency key, for example), so it is told
// only when their changes are on disk.
import { setTimeout as sleep } from 'node:timers/promises';
import { isBusy } from './driver-error.ts';

/** The connection whose transaction a group shares. */
export interface TransactionConnection {
  /** Runs one command. */
  exec(sql: string): unknown;
  readonly inTransaction: boolean;
}

/** A writer whose turn it is. It must end with `commit` or `rollback`, once; nobody else writes until then. */
export interface Member {
  /** Runs a statement of this member; throws what the statement throws, or that the member has ended. */
  run<T>(statement: () => T): T;
  /** Resolves when the member's changes are on disk; rejects when none of them is. */
  commit(): Promise<void>;
  /**
   * Rolls this member's changes back. Resolves when what it has seen of others is on disk, so that its caller may be
   * told why it failed; rejects where those changes were lost too. Does nothing to a member that has ended.
   */
  rollback(): Promise<void>;
}

/** No member joins a group that has this many, or whose first one came this long ago: the first ones wait for the last. */
const GROUP_MEMBERS_MAX = 64;
const GROUP_MS_MAX = 50;
/** How long to try for the lock while another process writes. Between two tries other requests are served. */
const BUSY_MS_MAX = 10_000;

interface Group {
  readonly startedAt: number;
  members: number;
  /** Members that have ended, or failed after others had ended, and wait for the COMMIT. */
  readonly waiting: { resolve(): void; reject(error: unknown): void }[];
  /** Why nothing of the group will be stored; null while all is well. */
  failure: unknown;
}

export class GroupCommit {
  readonly #connection: TransactionConnection;
  readonly #queue: (() => void)[] = [];
  #isTaken = false;
  #group: Group | null = null;

  constructor(connection: TransactionConnection) {
    this.#connection = connection;
  }

  /**
   * Waits for the caller's turn, first come, first served. No turn comes at once: requests that have arrived together
   * are parsed first and then written in one go. A processor that alternates between the two finds neither in its
   * caches, and takes up to a fifth longer for each write.
   */
  async enter(): Promise<Member> {
    const turn = new Promise<void>((resolve) => this.#queue.push(resolve));
    if (!this.#isTaken) {
      this.#isTaken = true;
      setImmediate(() => this.#queue.shift()?.());
    }
    await turn;
    try {
      this.#group ??= await this.#begin();
      return this.#join(this.#group);
    } catch (error) {
      this.#leave();
      throw error;
    }
  }

  async #begin(): Promise<Group> {
    const startedAt = performance.now();
    for (;;) {
      try {
        this.#connection.exec('BEGIN IMMEDIATE'); // the lock now: a later BUSY would come in the middle of a member
        return { startedAt: performance.now(), members: 0, waiting: [], failure: null };
      } catch (error) {
        if (!isBusy(error) || performance.now() - startedAt > BUSY_MS_MAX) throw error;
      }
      await sleep(1 + Math.random() * 9);
    }
  }

  #join(group: Group): Member {
    try {
      this.#connection.exec('SAVEPOINT member');
    } catch (error) {
      this.#fail(group, error);
      throw error;
    }
    group.members++;
    let hasEnded = false;
    const end = (...commands: readonly string[]) => {
      hasEnded = true;
      try {
        if (group.failure === null) for (const command of commands) this.#connection.exec(command);
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
          // a full disk and the like make SQLite roll the whole transaction back, the other members' part as well
          if (!this.#connection.inTransaction) this.#fail(group, error);
          throw error;
        }
      },
      commit: () => {
        if (hasEnded) return Promise.reject(new Error('The transaction has ended.'));
        end('RELEASE member');
        const committed = group.failure === null ? outcomeOf(group) : Promise.reject(group.failure);
        this.#leave();
        return committed;
      },
      rollback: () => {
        if (hasEnded) return Promise.resolve();
        // alone, or in a group that has failed through it, it has seen nothing of others
        const seen = group.waiting.length > 0 ? outcomeOf(group) : Promise.resolve();
        end('ROLLBACK TO member', 'RELEASE member');
        this.#leave();
        return seen;
      },
    };
  }

  /** The turn goes on: to the next member of this group, or of a new one after this one's COMMIT. */
  #leave(): void {
    const group = this.#group;
    const isFull =
      group === null ||
      group.members >= GROUP_MEMBERS_MAX ||
      performance.now() - group.startedAt >= GROUP_MS_MAX;
    const next = this.#queue.shift();
    // what arrives while the disk is waited for is the next group
    if (group && (isFull || !next)) this.#commit(group);
    if (!next) this.#isTaken = false;
    else if (isFull)
      setImmediate(next); // reads and sockets have their turn between two groups
    else next();
  }

  #commit(group: Group): void {
    try {
      this.#connection.exec('COMMIT');
    } catch (error) {
      this.#fail(group, error);
      return;
    }
    this.#group = null;
    for (const { resolve } of group.waiting) resolve();
  }

  /** Nothing of the group is stored, and all of its members are told so. */
  #fail(group: Group, error: unknown): void {
    group.failure = error;
    this.#group = null;
    try {
      if (this.#connection.inTransaction) this.#connection.exec('ROLLBACK');
    } catch {
      // still open: then every later BEGIN fails, and nothing is acknowledged that was not stored
    }
    for (const { reject } of group.waiting.splice(0)) reject(error);
  }
}

/** Resolves when what the group has done so far is on disk; rejects with why it will not be. */
function outcomeOf(group: Group): Promise<void> {
  return new Promise((resolve, reject) => group.waiting.push({ resolve, reject }));
}
