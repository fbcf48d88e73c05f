import type { CommentOrder } from '../../generated/graphql/graphql.ts';
import type { Visit } from '../../http/visit.ts';
import type { Draft } from './thread-context.ts';

export const COMMENT_ORDERS = ['best', 'newest', 'oldest'] as const;
export type ThreadOrder = (typeof COMMENT_ORDERS)[number];

const API_ORDERS: Readonly<Record<ThreadOrder, CommentOrder>> = {
  best: 'BEST',
  newest: 'NEWEST',
  oldest: 'OLDEST',
};

export interface ThreadQuery {
  readonly order: ThreadOrder;
  readonly orderBy: CommentOrder;
  readonly after: string | null;
  /** The comment that the page must contain: `?comment=ID`. */
  readonly around: string | null;
}

export function readThreadQuery({ method, url }: Visit): ThreadQuery {
  const query = method === 'POST' ? new URLSearchParams() : url.searchParams;
  const order = COMMENT_ORDERS.find((one) => one === query.get('order')) ?? 'best';
  const after = query.get('after');
  // the form of a reply is under its comment
  const around = after === null ? (query.get('comment') ?? query.get('reply')) : null;
  return { order, orderBy: API_ORDERS[order], after, around };
}

/** The empty form that the address opens: `?reply=ID`, or the one at the end of the page. */
export function emptyDraft({ url }: Visit): Draft {
  const replyToId = url.searchParams.get('reply');
  return { replyToId, body: '', previewHTML: null, problems: [] };
}
