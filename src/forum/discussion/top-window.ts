// The order TOP among the discussions of a window of time.
import type { Context } from '../../access/context.ts';
import { badInput } from '../../access/errors.ts';
import type { DiscussionOrder, TopWindow } from '../../generated/graphql.ts';
import { nameInCursor, type SortOrder } from '../../graphql/connections/cursor.ts';
import type { Condition } from '../../graphql/connections/page.ts';
import type { PageArgs } from '../../graphql/connections/page-args.ts';
import { discussionOrders } from './discussion-pages.ts';

const DAY_MS = 24 * 60 * 60_000;

interface Window {
  readonly ms: number;
  /** Starts are whole multiples of this, so that the first page is the same for some time. */
  readonly stepMs: number;
  /**
   * Whether the window's discussions are found by their time and sorted; otherwise the index of TOP is read until the
   * page is full. With 100,000 discussions a year in SQLite, sorting took 0.1 ms for a day, 0.4 for a week, 21 for a
   * month and 230 for a year; the index took 250, 50, 30 and 0.04.
   */
  readonly isSorted: boolean;
}

const WINDOWS: Readonly<Record<Exclude<TopWindow, 'ALL'>, Window>> = {
  DAY: { ms: DAY_MS, stepMs: 10 * 60_000, isSorted: true },
  WEEK: { ms: 7 * DAY_MS, stepMs: 60 * 60_000, isSorted: true },
  MONTH: { ms: 30 * DAY_MS, stepMs: 60 * 60_000, isSorted: true },
  YEAR: { ms: 365 * DAY_MS, stepMs: DAY_MS, isSorted: false },
};

/** How long the cursors of a window are valid. Its start is in them, so that all pages are of one window. */
const CURSOR_MS_MAX = 7 * DAY_MS;

interface Ranking {
  readonly order: SortOrder;
  /** What a window adds to the conditions of the list. */
  readonly conditions: readonly Condition[];
}

/** An order, within a window if one is given. Throws BAD_USER_INPUT for a window with another order than TOP. */
export function rankingOf(
  ctx: Pick<Context, 'now'>,
  orderBy: DiscussionOrder,
  window: TopWindow,
  page: PageArgs,
): Ranking {
  if (window === 'ALL') return { order: discussionOrders[orderBy], conditions: [] };
  if (orderBy !== 'TOP') throw badInput('A `window` needs `orderBy: TOP`.', 'window');
  const { isSorted } = WINDOWS[window];
  const start = startOf(ctx.now().getTime(), window, page);
  return {
    order: { ...discussionOrders.TOP, cursorName: `TOP ${window} ${start}`, isSorted },
    conditions: [{ sql: 't.created_at >= ?', params: [new Date(start)], columns: ['created_at'] }],
  };
}

/** The start in the page's cursor, or the one that counts now. */
function startOf(now: number, window: keyof typeof WINDOWS, { after, before }: PageArgs): number {
  const { ms, stepMs } = WINDOWS[window];
  const current = Math.floor((now - ms) / stepMs) * stepMs;
  const cursor = after ?? before;
  if (cursor === null || cursor === undefined) return current;
  const [, name, digits] = /^TOP ([A-Z]+) (\d{1,15})$/.exec(nameInCursor(cursor) ?? '') ?? [];
  if (name !== window) return current; // it is refused as a cursor of another order
  const start = Number(digits);
  if (start <= current && start >= current - CURSOR_MS_MAX && start % stepMs === 0) return start;
  throw badInput('This cursor has expired: request the first page again.', after ? 'after' : 'before');
}
