import { chain } from '../graphql/execution/index.ts';
import { addWriteTags, type KnownRow, referencesOf, setsReference } from './cache-tags.ts';
import type { Change, MaybePromise, Param, Statement, Transaction } from './database.ts';
import type { InvalidatedTags } from './declarations.ts';

/** A transaction, and the tags that its commit invalidates. */
export interface Tagged {
  readonly tx: Transaction;
  invalidated(): InvalidatedTags;
}

/** Runs statements. `run` returns the ids and references of the changed rows, as far as the change returns them. */
export interface Runner {
  readonly engine: Transaction['engine'];
  readonly all: Transaction['all'];
  run(
    change: Change<unknown>,
    params: readonly Param[],
  ): MaybePromise<{ readonly count: number; readonly rows: readonly KnownRow[] }>;
}

/** A transaction that collects the cache tags of its changes. */
export function tagged({ engine, all, run }: Runner): Tagged {
  const tags = new Map<string, readonly string[]>();
  let isAll = false;
  /** Rows that were read but not indexed yet. */
  let read: (readonly unknown[])[] = [];
  const before = new Map<string, readonly string[]>();
  const indexRead = () => {
    for (const found of read)
      for (const row of found as readonly KnownRow[])
        if (typeof row['id'] === 'string') before.set(row['id'], referencesOf(row));
    read = [];
  };
  const add = (change: Change<unknown>, params: readonly Param[], rows: readonly KnownRow[]) => {
    if (setsReference(change.writes)) indexRead();
    if (!addWriteTags(tags, change, params, rows, before)) isAll = true;
  };
  return {
    invalidated: () => (isAll ? 'ALL' : tags),
    tx: {
      engine,
      all: (statement, params) =>
        chain(all(statement, params), (rows) => {
          if (isChange(statement)) add(statement, params, rows as readonly KnownRow[]);
          read.push(rows);
          return rows;
        }),
      run: (change, params) =>
        chain(run(change, params), ({ count, rows }) => {
          if (count > 0) add(change, params, rows);
          return count;
        }),
    },
  };
}

function isChange(statement: Statement<unknown>): statement is Change<unknown> {
  return 'writes' in statement;
}
