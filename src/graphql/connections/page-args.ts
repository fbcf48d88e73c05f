import { badInput } from '../../access/errors.ts';
import { type CursorPosition, cursorNameOf, decodeCursor, type SortOrder } from './cursor.ts';

/** The size of a page without `first` and `last`: one screen of a forum. */
export const PAGE_SIZE_DEFAULT = 20;
/** The largest size that a page may ask for. Above it is an error: a page is never shortened silently. */
export const PAGE_SIZE_MAX = 100;

/** The arguments that every connection takes. */
export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** Checked page arguments. */
export interface PageRequest {
  /** Equal for requests of the same page, whatever it is a page of. */
  readonly key: string;
  readonly order: SortOrder;
  readonly size: number;
  /** True if `last` is given: the page is the end of what is between the bounds. */
  readonly fromEnd: boolean;
  readonly after: CursorPosition | null;
  readonly before: CursorPosition | null;
}

/** Checks page arguments for one order. Throws BAD_USER_INPUT with the argument's name. */
export function pageRequest(args: PageArgs, order: SortOrder): PageRequest {
  const existing = checked.get(args);
  if (existing?.order === order) return existing;
  const request = check(args, order);
  checked.set(args, request);
  return request;
}

/** The executor passes one arguments object for all rows of a list: they are checked once. */
const checked = new WeakMap<PageArgs, PageRequest>();

function check(args: PageArgs, order: SortOrder): PageRequest {
  if (isGiven(args.first) && isGiven(args.last)) {
    throw badInput('Give `first` or `last`, not both.', 'last');
  }
  const fromEnd = isGiven(args.last);
  const size = fromEnd ? pageSize(args.last, 'last') : pageSize(args.first, 'first');
  const after = isGiven(args.after) ? decodeCursor(order, args.after, 'after') : null;
  const before = isGiven(args.before) ? decodeCursor(order, args.before, 'before') : null;
  const key = JSON.stringify([cursorNameOf(order), size, fromEnd, after, before]);
  return { key, order, size, fromEnd, after, before };
}

/** Checks one page size: 0 to PAGE_SIZE_MAX, or PAGE_SIZE_DEFAULT if it is omitted. */
export function pageSize(size: number | null | undefined, field: string): number {
  if (!isGiven(size)) return PAGE_SIZE_DEFAULT;
  if (size < 0) throw badInput(`\`${field}\` is ${size}: it cannot be negative.`, field);
  if (size > PAGE_SIZE_MAX) {
    throw badInput(`\`${field}\` is ${size}: the maximum is ${PAGE_SIZE_MAX}.`, field);
  }
  return size;
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
