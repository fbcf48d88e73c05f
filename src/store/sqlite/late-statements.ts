// Statements that members of a group leave for its end, right before the shared COMMIT. FTS5 writes what it has collected
// into the file at each SAVEPOINT, so that the terms of each member would be a segment of their own, which is merged with
// others later. Written together, they cost less than half. If one fails at the COMMIT, the whole group does: only a full
// disk and a damaged index make it fail.
import type { Change, Statement } from '../database.ts';

type Late = () => unknown;

/** What the members of one group have left so far. */
interface Left {
  waiting: readonly Late[];
}

/** A member that has left this many runs them, so that a long transaction does not keep all of its texts in memory. */
const OF_MEMBER_MAX = 500;

/** The late statements of one member. */
interface MemberStatements {
  /** Leaves a change for the end of the group. */
  add(change: Change<unknown>, run: Late): void;
  /** Runs what has been left, if a statement names one of its tables. Call it before each other statement. */
  prepareFor(statement: Statement<unknown>): void;
  /** Leaves the member's own statements to its group. Call it before the member commits. Throws if one has failed. */
  keep(): void;
  /** Forgets the member's own statements. What earlier members have left waits again. Call it before the rollback. */
  undo(): void;
}

/** The late statements of a connection. */
export class LateStatements {
  #left: Left = { waiting: [] };
  readonly #tables = new Set<string>();
  #known = new WeakMap<Statement<unknown>, boolean>();

  /** Begins a member of the current group. */
  begin(): MemberStatements {
    const left = this.#left;
    const before = left.waiting;
    let own: Late[] = [];
    let hasFailed = false;
    const runNow = () => {
      const all = [...left.waiting, ...own];
      left.waiting = [];
      own = [];
      hasFailed = true;
      for (const run of all) run();
      hasFailed = false;
    };
    return {
      add: ({ writes: { table } }, run) => {
        this.#learn(table);
        own.push(run);
        if (own.length >= OF_MEMBER_MAX) runNow();
      },
      prepareFor: (statement) => {
        if (own.length + left.waiting.length > 0 && this.#namesTable(statement)) runNow();
      },
      keep: () => {
        if (hasFailed) throw new Error('A late statement has failed.');
        left.waiting = [...left.waiting, ...own];
      },
      undo: () => {
        left.waiting = before;
      },
    };
  }

  /** Runs everything that was left. */
  run(): void {
    const { waiting } = this.#left;
    this.forget();
    for (const run of waiting) run();
  }

  /** Begins a group, whatever became of the one before. */
  forget(): void {
    this.#left = { waiting: [] };
  }

  #learn(table: string): void {
    if (this.#tables.has(table)) return;
    this.#tables.add(table);
    this.#known = new WeakMap();
  }

  #namesTable(statement: Statement<unknown>): boolean {
    let known = this.#known.get(statement);
    if (known === undefined) {
      known = [...this.#tables].some((table) => statement.text.sqlite.includes(table));
      this.#known.set(statement, known);
    }
    return known;
  }
}
