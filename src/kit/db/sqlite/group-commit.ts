// One writer after the other, and one fsync for many. SQLite has a single writer; with synchronous=FULL each COMMIT
// waits for the disk. Members that queue up while another one writes therefore run as savepoints inside one
// transaction, and every one of them learns of its success only when the COMMIT that they share has succeeded.
import { setTimeout as sleep } from 'node:timers/promises';
import { isBusy } from './driver-error.ts';

/** The connection's own transaction. */
export interface Ledger {
  /** Runs one command. */
  exec(sql: string): unknown;
  readonly inTransaction: boolean;
}

/** A writer whose turn it is. It must end with `commit` or `rollback`, once; nobody else writes until then. */
export interface Member {
  /** Runs a statement of this member; throws what the statement throws, or that the member has ended. */
  run<T>(statement: () => T): T;
  /** Resolves when the member's changes are on the disk; rejects when none of them is. */
  commit(): Promise<void>;
  /** Undoes this member's changes and no other's. Does nothing to a member that has ended. */
  rollback(): void;
}

/** No member joins a group that has this many, or whose first one came this long ago: the first ones wait for the last. */
const GROUP_MEMBERS_MAX = 64;
const GROUP_MS_MAX = 50;
/** How long to try for the lock while another process writes. Between two tries other requests are served. */
const BUSY_MS_MAX = 10_000;

interface Group {
  readonly startedAt: number;
  members: number;
  /** Those who have done their part and wait for the COMMIT. */
  readonly waiting: { resolve(): void; reject(error: unknown): void }[];
  /** Why nothing of the group will be kept; null while all is well. */
  failure: unknown;
}

export class GroupCommit {
  readonly #ledger: Ledger;
  readonly #queue: (() => void)[] = [];
  #isTaken = false;
  #group: Group | null = null;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /**
   * Waits for the caller's turn, first come, first served. Nobody's is at once: what has arrived together is read and
   * understood first, and then written in one go. A processor that goes to and fro between the two finds neither in
   * its caches, and takes up to a fifth longer for each write.
   */
  async enter(): Promise<Member> {
    const turn = new Promise<void>((resolve) => this.#queue.push(resolve));
    if (!this.#isTaken) {
      this.#isTaken = true;
      setImmediate(() => this.#queue.shift()?.());
    }
    await turn;
    let group: Group;
    try {
      group = this.#group ??= await this.#begin();
    } catch (error) {
      this.#leave();
      throw error;
    }
    return this.#join(group);
  }

  #join(group: Group): Member {
    try {
      this.#ledger.exec('SAVEPOINT member');
    } catch (error) {
      this.#fail(group, error);
      this.#leave();
      throw error;
    }
    group.members++;
    return this.#member(group);
  }

  async #begin(): Promise<Group> {
    const startedAt = performance.now();
    for (;;) {
      try {
        this.#ledger.exec('BEGIN IMMEDIATE'); // the lock now: a later BUSY would come in the middle of a member
        return { startedAt: performance.now(), members: 0, waiting: [], failure: null };
      } catch (error) {
        if (!isBusy(error) || performance.now() - startedAt > BUSY_MS_MAX) throw error;
      }
      await sleep(1 + Math.random() * 9);
    }
  }

  #member(group: Group): Member {
    let hasEnded = false;
    const end = (close: () => void) => {
      hasEnded = true;
      try {
        if (group.failure === null) close();
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
          // a full disk and the like make SQLite undo the whole transaction, the other members' part as well
          if (!this.#ledger.inTransaction) this.#fail(group, error);
          throw error;
        }
      },
      commit: () => {
        if (hasEnded) return Promise.reject(new Error('The transaction has ended.'));
        end(() => this.#ledger.exec('RELEASE member'));
        const kept = new Promise<void>((resolve, reject) => {
          if (group.failure === null) group.waiting.push({ resolve, reject });
          else reject(group.failure);
        });
        this.#leave();
        return kept;
      },
      rollback: () => {
        if (hasEnded) return;
        end(() => {
          this.#ledger.exec('ROLLBACK TO member');
          this.#ledger.exec('RELEASE member');
        });
        this.#leave();
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
      this.#ledger.exec('COMMIT');
    } catch (error) {
      this.#fail(group, error);
      return;
    }
    this.#group = null;
    for (const { resolve } of group.waiting) resolve();
  }

  /** Nothing of the group is kept, and all of its members are told so. */
  #fail(group: Group, error: unknown): void {
    group.failure = error;
    this.#group = null;
    try {
      if (this.#ledger.inTransaction) this.#ledger.exec('ROLLBACK');
    } catch {
      // still open: then every later BEGIN fails, and nothing is acknowledged that was not kept
    }
    for (const { reject } of group.waiting.splice(0)) reject(error);
  }
}
