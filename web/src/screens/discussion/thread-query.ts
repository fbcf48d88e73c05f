import type { CommentOrder } from '../../generated/graphql/graphql.ts';
import type { Visit } from '../../http/visit.ts';
import { discussionPath, withQuery } from '../../parts/paths.ts';
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

/** Reads the address. The answer to a form is the page that it was sent from, with the comment of its reply in view. */
export function readThreadQuery(visit: Visit, draft: Draft | null = null): ThreadQuery {
  const query = queryOf(visit);
  const order = COMMENT_ORDERS.find((one) => one === query.get('order')) ?? 'best';
  const replyToId = draft?.replyToId ?? null;
  const after = replyToId === null ? query.get('after') : null;
  // the form of a reply is under its comment
  const around = replyToId ?? (after === null ? (query.get('comment') ?? query.get('reply')) : null);
  return { order, orderBy: API_ORDERS[order], after, around };
}

function queryOf({ method, url, here, params, site }: Visit): URLSearchParams {
  if (method !== 'POST') return url.searchParams;
  const { pathname, searchParams } = new URL(here, site.url);
  return pathname === discussionPath(params['slug'] ?? '') ? searchParams : new URLSearchParams();
}

/** The page of a discussion's comments in an order: the first one, or the one behind a cursor. */
export function threadPath(
  visit: Visit,
  slug: string,
  order: ThreadOrder,
  after: string | null = null,
): string {
  const start = new URL(discussionPath(slug), visit.site.url);
  return withQuery(start, { order: order === 'best' ? null : order, after });
}

/** The empty form that the address opens: `?reply=ID`, or the one at the end of the page. */
export function emptyDraft({ url }: Visit): Draft {
  const replyToId = url.searchParams.get('reply');
  return { replyToId, body: '', previewHTML: null, problems: [] };
}
