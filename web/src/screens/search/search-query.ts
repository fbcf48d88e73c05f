import type { SearchOrder, SearchType } from '../../generated/graphql/graphql.ts';
import type { Visit } from '../../http/visit.ts';

export const TYPES = ['all', 'discussion', 'comment'] as const;
export const ORDERS = ['relevance', 'newest', 'oldest'] as const;
export type Type = (typeof TYPES)[number];
export type Order = (typeof ORDERS)[number];

const API_TYPES: Readonly<Record<Type, SearchType>> = {
  all: 'ALL',
  discussion: 'DISCUSSION',
  comment: 'COMMENT',
};
const API_ORDERS: Readonly<Record<Order, SearchOrder>> = {
  relevance: 'RELEVANCE',
  newest: 'NEWEST',
  oldest: 'OLDEST',
};

/** What is searched, and how, read from the address. */
export interface SearchQuery {
  /** As it was typed: a blank at its end means that the last word is complete. */
  readonly query: string;
  readonly type: Type;
  readonly order: Order;
  readonly after: string | null;
  readonly apiType: SearchType;
  readonly apiOrder: SearchOrder;
}

export function readSearchQuery({ url: { searchParams } }: Visit): SearchQuery {
  const type = TYPES.find((one) => one === searchParams.get('type')) ?? 'all';
  const order = ORDERS.find((one) => one === searchParams.get('order')) ?? 'relevance';
  return {
    query: searchParams.get('q') ?? '',
    type,
    order,
    after: searchParams.get('after'),
    apiType: API_TYPES[type],
    apiOrder: API_ORDERS[order],
  };
}
