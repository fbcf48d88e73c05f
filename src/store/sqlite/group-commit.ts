// One writer after the other, and one fsync for many. SQLite has a single writer; with synchronous=FULL each COMMIT
// waits for the disk. Members that queue up while another one writes therefore share one transaction, and every one of
// them learns of its success only when the COMMIT that they share has succeeded.
//
// To undo one member and no other takes a savepoint: SQLite then copies each page before that member changes it, a
// twentieth of a comment's processor time. But hardly anybody fails after having changed something, but for those who
// are refused under an idempotency key, which is written first. So whoever can do their part again goes without: where
// one fails late, the group's transaction is undone, and those before it do theirs again. So does the one that failed: it
// may have failed because of what they did. For the same reason nobody is told of a failure before what they have seen
// of others is on the disk.
import { setTimeout as sleep } from 'node:timers/promises';
import { isBusy } from './driver-error.ts';

/** The connection's own transaction. */
export interface Ledger {
  /** Runs one command. */
  exec(sql: string): unknown;
  readonly inTransaction: boolean;
}

/** How a member is undone: by itself, or so that those before it may have to do their part again, who get `Undone`. */
export type Undoing = 'ALONE' | 'WITH_OTHERS';

/** Why nothing was kept of a member though nothing is wrong with it: one of its group was undone. Can be done again at once. */
export class Undone extends Error {
  override readonly name = 'Undone';
}

/** A writer whose turn it is. It must end with `commit` or `rollback`, once; nobody else writes until then. */
export interface Member {
  /** Runs a statement of this member; throws what the statement throws, or that the member has ended. */
  run<T>(statement: () => T, isChange?: boolean): T;
  /** Resolves when the member's changes are on the disk; rejects when none of them is. */
  commit(): Promise<void>;
  /**
   * Undoes this member's changes. Resolves when what it has seen of others is on the disk: then it may be told why; rejects
   * where that was undone with it, or cannot be kept. Does nothing to a member that has ended.
   */
  rollback(): Promise<void>;
}

/** No member joins a group that has this many, or whose first one came this long ago: the first ones wait for the last. */
const GROUP_MEMBERS_MAX = 64;
const GROUP_MS_MAX = 50;
/** After somebody had to do their part again, so many members have savepoints: who fails often costs the others little. */
const CAREFUL_MEMBERS = 1_000;
/** How long to try for the lock while another process writes. Between two tries other requests are served. */
const BUSY_MS_MAX = 10_000;

interface Group {
  readonly startedAt: number;
  members: number;
  /** Whether somebody waits who cannot do their part again. */
  isBinding: boolean;
  /** Those who have done their part, or failed after others had, and wait for the COMMIT. */
  readonly waiting: { resolve(): void; reject(error: unknown): void }[];
  /** Why nothing of the group will be kept; null while all is well. */
  failure: unknown;
}

export class GroupCommit {
  readonly #ledger: Ledger;
  readonly #queue: (() => void)[] = [];
  #isTaken = false;
  #group: Group | null = null;
  /** How many members to come have savepoints, whoever they are. */
  #careful = 0;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /**
   * Waits for the caller's turn, first come, first served. Nobody's is at once: what has arrived together is read and
   * understood first, and then written in one go. A processor that goes to and fro between the two finds neither in
   * its caches, and takes up to a fifth longer for each write.
   */
  async enter(undoing: Undoing): Promise<Member> {
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
    return this.#join(group, undoing);
  }

  #join(group: Group, undoing: Undoing): Member {
    const hasSavepoint = undoing === 'ALONE' || group.isBinding || this.#careful > 0;
    if (this.#careful > 0) this.#careful--;
    try {
      if (hasSavepoint) this.#ledger.exec('SAVEPOINT member');
    } catch (error) {
      this.#fail(group, error);
      this.#leave();
      throw error;
    }
    group.members++;
    group.isBinding ||= undoing === 'ALONE';
    return this.#member(group, hasSavepoint);
  }

  async #begin(): Promise<Group> {
    const startedAt = performance.now();
    for (;;) {
      try {
        this.#ledger.exec('BEGIN IMMEDIATE'); // the lock now: a later BUSY would come in the middle of a member
        return { startedAt: performance.now(), members: 0, isBinding: false, waiting: [], failure: null };
      } catch (error) {
        if (!isBusy(error) || performance.now() - startedAt > BUSY_MS_MAX) throw error;
      }
      await sleep(1 + Math.random() * 9);
    }
  }

  #member(group: Group, hasSavepoint: boolean): Member {
    let hasEnded = false;
    let hasChanged = false;
    const end = (close: () => void) => {
      hasEnded = true;
      try {
        if (group.failure === null) close();
      } catch (error) {
        this.#fail(group, error);
      }
    };
    return {
      run: (statement, isChange = true) => {
        if (hasEnded) throw new Error('The transaction has ended.');
        if (group.failure !== null) throw group.failure;
        hasChanged ||= isChange;
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
        end(() => {
          if (hasSavepoint) this.#ledger.exec('RELEASE member');
        });
        const kept = group.failure === null ? outcomeOf(group) : Promise.reject(group.failure);
        this.#leave();
        return kept;
      },
      rollback: () => {
        if (hasEnded) return Promise.resolve();
        // alone, or in a group that has failed through it, it has seen nobody's
        const seen = group.waiting.length > 0 ? outcomeOf(group) : Promise.resolve();
        end(() => {
          if (hasSavepoint) {
            this.#ledger.exec('ROLLBACK TO member');
            this.#ledger.exec('RELEASE member');
          } else if (hasChanged) this.#undo(group);
        });
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
      this.#ledger.exec('COMMIT');
    } catch (error) {
      this.#fail(group, error);
      return;
    }
    this.#group = null;
    for (const { resolve } of group.waiting) resolve();
  }

  /** A member without a savepoint is undone, and with it those who wait. */
  #undo(group: Group): void {
    if (group.waiting.length > 0) this.#careful = CAREFUL_MEMBERS;
    this.#fail(group, new Undone('Another write of the same group was undone.'));
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

/** Resolves when what the group has done so far is on the disk; rejects with why it will not be. */
function outcomeOf(group: Group): Promise<void> {
  return new Promise((resolve, reject) => group.waiting.push({ resolve, reject }));
}
