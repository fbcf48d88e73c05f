import type { Context } from '../access/context.ts';
import { chain } from '../graphql/execution/index.ts';
import { type MaybePromise, markRead, type Param, type Reader, type Statement } from '../store/index.ts';
import type { TaggedCache } from './tagged-cache.ts';

/** About what a row, and each value of it, take beside their texts. */
const ROW_BYTES = 50;
const VALUE_BYTES = 10;

/**
 * The same context, whose reads are given again while they would find the same: what a member's page shares with that of
 * everybody else, its discussion, comments and authors. What is read for the viewer, or by the time of day, is read anew.
 * For a process that has heard of every write.
 */
export function withKeptRows(ctx: Context, cache: TaggedCache, viewerId: string): Context {
  const { read } = ctx.db;
  const isOwn = (param: Param) =>
    param instanceof Date ||
    param === viewerId ||
    (Array.isArray(param) && param.length === 1 && param[0] === viewerId);
  const all: Reader['all'] = (statement, params) =>
    params.some(isOwn) ? read.all(statement, params) : keptRows(cache, read, statement, params);
  return { ...ctx, db: { ...ctx.db, read: { ...read, all } } };
}

/** What a read finds, or what it found before where that is kept. `isKept`: whether what has been found is to be kept. */
export function keptRows<Row>(
  cache: TaggedCache,
  read: Reader,
  statement: Statement<Row>,
  params: readonly Param[],
  isKept: (found: readonly Row[]) => boolean = () => true,
): MaybePromise<Row[]> {
  const key = keyOf(statement, params);
  const kept = cache.find(key, false) as Row[] | null;
  // a copy of the list: whoever has asked may turn it round
  if (kept) return [...kept];
  const draft = cache.draft();
  const keep = (found: Row[]) => {
    if (!isKept(found)) cache.discard(draft);
    else {
      markRead(draft.marks, statement, params, found);
      cache.keep(key, draft, false, [...found], bytesOf(found));
    }
    return found;
  };
  try {
    return chain(read.all(statement, params), keep);
  } catch (error) {
    cache.discard(draft);
    throw error;
  }
}

/** Statements have names, and some have the same: those of a table with more and with fewer columns. */
const numbers = new WeakMap<Statement<unknown>, number>();
let last = 0;

function keyOf(statement: Statement<unknown>, params: readonly Param[]): string {
  let number = numbers.get(statement);
  if (number === undefined) {
    number = ++last;
    numbers.set(statement, number);
  }
  return `${number} ${JSON.stringify(params)}`;
}

function bytesOf(rows: readonly unknown[]): number {
  let bytes = 0;
  for (const row of rows) {
    bytes += ROW_BYTES;
    for (const value of Object.values(row as object))
      bytes += VALUE_BYTES + (typeof value === 'string' ? 2 * value.length : 0);
  }
  return bytes;
}
