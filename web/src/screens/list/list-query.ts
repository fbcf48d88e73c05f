import type { DiscussionFilter, DiscussionOrder } from '../../generated/graphql/graphql.ts';
import type { Visit } from '../../http/visit.ts';

/** What a list can be limited to by its path. */
export type Scope = 'category' | 'product' | 'tag' | null;

export const ORDERS = ['active', 'hot', 'newest', 'top', 'comments'] as const;
export const WINDOWS = ['day', 'week', 'month', 'year', 'all'] as const;
export type Order = (typeof ORDERS)[number];
export type Window = (typeof WINDOWS)[number];

const API_ORDERS: Readonly<Record<Order, DiscussionOrder>> = {
  active: 'ACTIVE',
  hot: 'HOT',
  newest: 'NEWEST',
  top: 'TOP',
  comments: 'MOST_COMMENTS',
};
const DAYS: Readonly<Record<Exclude<Window, 'all'>, number>> = { day: 1, week: 7, month: 30, year: 365 };
const DAY_MS = 86_400_000;

/** How the list is sorted and filtered, read from the address. */
export interface ListQuery {
  readonly order: Order;
  readonly window: Window;
  readonly answered: 'yes' | 'no' | null;
  readonly after: string | null;
  readonly orderBy: DiscussionOrder;
  readonly filter: DiscussionFilter;
}

export function readListQuery({ url, params, now }: Visit, scope: Scope): ListQuery {
  const query = url.searchParams;
  const order = ORDERS.find((one) => one === query.get('order')) ?? 'active';
  const window = (order === 'top' && WINDOWS.find((one) => one === query.get('window'))) || 'all';
  const chosen = query.get('answered');
  const answered = chosen === 'yes' || chosen === 'no' ? chosen : null;
  const slug = (name: 'category' | 'product' | 'tag') =>
    (scope === name ? params['slug'] : query.get(name)) || null;
  const filter: DiscussionFilter = {
    categorySlug: slug('category'),
    productSlug: slug('product'),
    tagSlug: slug('tag'),
    isAnswered: answered === null ? null : answered === 'yes',
    // whole days, so that all readers of a day have the same cached answer
    createdAfter:
      window === 'all'
        ? null
        : new Date(Math.floor(now.getTime() / DAY_MS - DAYS[window]) * DAY_MS).toISOString(),
  };
  return { order, window, answered, after: query.get('after'), orderBy: API_ORDERS[order], filter };
}
