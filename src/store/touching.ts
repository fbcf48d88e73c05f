import type { MaybePromise } from '../graphql/execution/sync-promise.ts';
import { type ChangedRow, markChange, tableOf } from './change-marks.ts';
import type { Commits, Heard, Noted } from './commits.ts';
import type { Change, Param, Statement, Transaction } from './database.ts';
import { referencesOf } from './marks.ts';

/** A transaction that notes what it touches, for whoever keeps answers. */
export interface Touching {
  readonly tx: Transaction;
  readonly noted: Noted;
}

/** `run` runs a change and answers the changed rows as far as it returns them; see `returning`. */
export interface Runner {
  readonly engine: Transaction['engine'];
  readonly all: Transaction['all'];
  run(
    change: Parameters<Transaction['all']>[0],
    params: Parameters<Transaction['run']>[1],
  ): MaybePromise<{ readonly count: number; readonly rows: readonly ChangedRow[] }>;
}

const NOTHING_NOTED: Noted = { marks: 'ALL', heard: null };

/** Notes what it touches in the tables that somebody hears of as it begins, and of nothing else. */
export function touching(runner: Runner, { heard }: Pick<Commits, 'heard'>): Touching {
  return heard === null ? { tx: unheard(runner), noted: NOTHING_NOTED } : noting(runner, heard);
}

function unheard({ engine, all, run }: Runner): Transaction {
  return {
    engine,
    all,
    run: (change, params) => {
      const done = run(change.unheard, params);
      return done instanceof Promise ? done.then(({ count }) => count) : done.count;
    },
  };
}

function noting({ engine, all, run }: Runner, heard: NonNullable<Heard>): Touching {
  const marks = new Map<string, readonly string[]>();
  const tables = new Set<string>();
  /** What was read, not yet looked through: most who hear of a few tables only never need it. */
  let read: (readonly unknown[])[] = [];
  const known = new Map<string, readonly string[]>();
  const lookThrough = () => {
    for (const rows of read)
      for (const row of rows as readonly ChangedRow[])
        if (typeof row['id'] === 'string') known.set(row['id'], referencesOf(row));
    read = [];
  };
  const isHeard = (change: Change<unknown>) => heard === 'ALL' || heard.has(tableOf(change));
  const mark = (change: Change<unknown>, params: readonly Param[], rows: readonly ChangedRow[]) => {
    lookThrough();
    tables.add(tableOf(change));
    markChange(marks, change, params, rows, known);
  };
  const noted = <T>(found: MaybePromise<T>, note: (value: T) => void): MaybePromise<T> => {
    const told = (value: T) => {
      note(value);
      return value;
    };
    return found instanceof Promise ? found.then(told) : told(found);
  };
  return {
    noted: { marks, heard, tables },
    tx: {
      engine,
      all: (statement, params) =>
        noted(all(statement, params), (rows) => {
          read.push(rows);
          if (isChange(statement) && isHeard(statement))
            mark(statement, params, rows as readonly ChangedRow[]);
        }),
      run: (change, params) => {
        const isToBeNoted = isHeard(change);
        const done = run(isToBeNoted ? change : change.unheard, params);
        const note = ({ count, rows }: { count: number; rows: readonly ChangedRow[] }) => {
          if (count > 0 && isToBeNoted) mark(change, params, rows);
          return count;
        };
        return done instanceof Promise ? done.then(note) : note(done);
      },
    },
  };
}

function isChange(statement: Statement<unknown>): statement is Change<unknown> {
  return 'isChange' in statement;
}
