import type { MaybePromise, Touched, Transaction } from './database.ts';
import type { Listeners } from './listeners.ts';
import { type ChangedRow, markChange, referencesOf } from './marks.ts';

/** A transaction that notes what it touches, for whoever keeps answers. */
export interface Touching {
  readonly tx: Transaction;
  readonly touched: Touched;
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

/** Notes nothing where nobody hears of commits as it begins; whoever comes to listen before its end is told ALL. */
export function touching(runner: Runner, commits: Pick<Listeners<Touched>, 'areThere'>): Touching {
  return commits.areThere ? noting(runner) : { tx: unheard(runner), touched: 'ALL' };
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

function noting({ engine, all, run }: Runner): Touching {
  const touched = new Map<string, readonly string[]>();
  const known = new Map<string, readonly string[]>();
  const remember = (rows: readonly unknown[]) => {
    for (const row of rows as readonly ChangedRow[])
      if (typeof row['id'] === 'string') known.set(row['id'], referencesOf(row));
  };
  const noted = <T>(found: MaybePromise<T>, note: (value: T) => void): MaybePromise<T> => {
    const told = (value: T) => {
      note(value);
      return value;
    };
    return found instanceof Promise ? found.then(told) : told(found);
  };
  return {
    touched,
    tx: {
      engine,
      all: (statement, params) =>
        noted(all(statement, params), (rows) => {
          remember(rows);
          if ('isChange' in statement)
            markChange(touched, statement as never, params, rows as readonly ChangedRow[], known);
        }),
      run: (change, params) => {
        const done = run(change, params);
        const note = ({ count, rows }: { count: number; rows: readonly ChangedRow[] }) => {
          if (count > 0) markChange(touched, change, params, rows, known);
          return count;
        };
        return done instanceof Promise ? done.then(note) : note(done);
      },
    },
  };
}
