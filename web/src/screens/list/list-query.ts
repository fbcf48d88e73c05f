import type { DiscussionFilter, DiscussionOrder } from '../../generated/graphql/graphql.ts';
import type { Visit } from '../../http/visit.ts';
import { categoryPath, productPath, tagPath } from '../../parts/paths.ts';

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

/** Filters that have pages of their own. */
const PLACES = { category: categoryPath, product: productPath, tag: tagPath } as const;
type Place = keyof typeof PLACES;
const PLACE_NAMES = Object.keys(PLACES) as Place[];

/**
 * The address of a list for search engines. In another order or filtered, its first page counts as the list itself. Its
 * later pages are found with these alone: a cursor belongs to an order.
 */
export function canonicalUrl({ url, site }: Visit): string {
  const query = url.searchParams;
  const place = url.pathname === '/' ? PLACE_NAMES.find((name) => query.get(name)) : undefined;
  // a route answers with and without a slash at the end
  const own = url.pathname.replace(/(?<=.)\/$/, '');
  const path = place === undefined ? own : PLACES[place](query.get(place) ?? '');
  const address = new URL(path, site.url);
  const after = query.get('after');
  if (after === null) return address.href;
  for (const name of [...PLACE_NAMES, 'order', 'window', 'answered']) {
    const value = query.get(name);
    if (value && name !== place) address.searchParams.set(name, value);
  }
  address.searchParams.set('after', after);
  return address.href;
}
