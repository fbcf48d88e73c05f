// Every connection of the contract, once. The tests of paging, of statement counts and of query plans run over this list;
// test/house/connections.test.ts fails while a connection of schema.graphql is missing in it.

import { BUSY_AUTHOR, BUSY_DISCUSSION, MERGED_DISCUSSION } from './connected-forum.ts';
import type { Answer, Forum } from './forum.ts';
import type { NODE_FIELDS } from './node-fields.ts';

export interface ConnectionCase {
  /** `Type.field`, as in schema.graphql. */
  readonly field: string;
  /** What sets this case apart from the others of the field, such as its order. */
  readonly variant?: string;
  /** The connection's field and what stands around it; `PAGE` stands for its arguments and selection. */
  readonly query: string;
  /** Where the connection is found in the answer's data. */
  readonly path: readonly (string | number)[];
  /** The type of its nodes. */
  readonly node: keyof typeof NODE_FIELDS;
  /** What tells a node from the others. Default: its id. */
  readonly key?: string;
  /** Whether its pages are only read from the start. */
  readonly isForwardOnly?: boolean;
  /** Only its owner sees it, or only moderators do: `account` or `moderator` of the connected forum. */
  readonly only?: 'account' | 'moderator';
}

const DISCUSSION_ORDERS = ['HOT', 'TOP', 'NEWEST', 'ACTIVE', 'MOST_COMMENTS', 'CONTROVERSIAL'];
const COMMENT_ORDERS = ['BEST', 'TOP', 'NEWEST', 'OLDEST', 'CONTROVERSIAL'];
const THREAD = `discussion(slug: "${BUSY_DISCUSSION}")`;

/** One case for each order of a connection; `PAGE` stands for the arguments and the selection. */
function inOrders(orders: readonly string[], one: ConnectionCase): ConnectionCase[] {
  return orders.map((order) => ({
    ...one,
    variant: `by ${order}`,
    query: one.query.replace('(PAGE', `(PAGE, orderBy: ${order}`),
  }));
}

export const CONNECTIONS: readonly ConnectionCase[] = [
  ...inOrders(DISCUSSION_ORDERS, {
    field: 'Query.discussions',
    query: '{ discussions(PAGE) SELECTION }',
    path: ['discussions'],
    node: 'Discussion',
  }),
  ...['MONTH', 'YEAR'].map((window) => ({
    field: 'Query.discussions',
    variant: `at the top of a ${window.toLowerCase()}`,
    query: `{ discussions(PAGE, orderBy: TOP, window: ${window}) SELECTION }`,
    path: ['discussions'],
    node: 'Discussion' as const,
  })),
  {
    field: 'Category.discussions',
    variant: 'at the top of a month',
    query:
      '{ category(slug: "shared-category") { discussions(PAGE, orderBy: TOP, window: MONTH) SELECTION } }',
    path: ['category', 'discussions'],
    node: 'Discussion',
  },
  {
    field: 'Query.discussions',
    variant: 'filtered',
    query: '{ discussions(PAGE, filter: { isAnswered: true, isClosed: false }) SELECTION }',
    path: ['discussions'],
    node: 'Discussion',
  },
  ...inOrders(DISCUSSION_ORDERS, {
    field: 'Category.discussions',
    query: '{ category(slug: "shared-category") { discussions(PAGE) SELECTION } }',
    path: ['category', 'discussions'],
    node: 'Discussion',
  }),
  ...inOrders(['HOT', 'NEWEST'], {
    field: 'Product.discussions',
    query: '{ product(slug: "shared-product") { discussions(PAGE) SELECTION } }',
    path: ['product', 'discussions'],
    node: 'Discussion',
  }),
  {
    field: 'Category.discussions',
    variant: 'filtered',
    query:
      '{ category(slug: "shared-category") { discussions(PAGE, filter: { tagSlugs: ["shared-tag"], isAnswered: true }) SELECTION } }',
    path: ['category', 'discussions'],
    node: 'Discussion',
  },
  ...inOrders(['HOT', 'NEWEST'], {
    field: 'Tag.discussions',
    query: '{ tag(slug: "shared-tag") { discussions(PAGE) SELECTION } }',
    path: ['tag', 'discussions'],
    node: 'Discussion',
  }),
  ...inOrders(DISCUSSION_ORDERS, {
    field: 'Author.discussions',
    query: `{ node(id: "${BUSY_AUTHOR}") { ... on Author { discussions(PAGE) SELECTION } } }`,
    path: ['node', 'discussions'],
    node: 'Discussion',
  }),
  {
    field: 'Author.comments',
    query: `{ node(id: "${BUSY_AUTHOR}") { ... on Author { comments(PAGE) SELECTION } } }`,
    path: ['node', 'comments'],
    node: 'Comment',
  },
  ...inOrders(COMMENT_ORDERS, {
    field: 'Discussion.comments',
    query: `{ ${THREAD} { comments(PAGE) SELECTION } }`,
    path: ['discussion', 'comments'],
    node: 'Comment',
  }),
  {
    field: 'Discussion.duplicates',
    query: `{ ${THREAD} { duplicates(PAGE) SELECTION } }`,
    path: ['discussion', 'duplicates'],
    node: 'Discussion',
  },
  ...inOrders(['TREE', 'NEWEST', 'OLDEST'], {
    field: 'Discussion.allComments',
    query: `{ ${THREAD} { allComments(PAGE) SELECTION } }`,
    path: ['discussion', 'allComments'],
    node: 'Comment',
  }),
  ...inOrders(COMMENT_ORDERS, {
    field: 'Comment.replies',
    query: `{ ${THREAD} { comments(first: 1, orderBy: OLDEST) { nodes { replies(PAGE) SELECTION } } } }`,
    path: ['discussion', 'comments', 'nodes', 0, 'replies'],
    node: 'Comment',
  }),
  {
    field: 'Discussion.revisions',
    query: `{ ${THREAD} { revisions(PAGE) SELECTION } }`,
    path: ['discussion', 'revisions'],
    node: 'DiscussionRevision',
  },
  ...['mergedDiscussions', 'splitDiscussions'].map((field) => ({
    field: `Discussion.${field}`,
    query: `{ discussion(slug: "${MERGED_DISCUSSION}") { ${field}(PAGE) SELECTION } }`,
    path: ['discussion', field],
    node: 'Discussion' as const,
  })),
  {
    field: 'Discussion.moderationEvents',
    query: `{ discussion(slug: "${MERGED_DISCUSSION}") { moderationEvents(PAGE) SELECTION } }`,
    path: ['discussion', 'moderationEvents'],
    node: 'ModerationEvent',
    only: 'moderator',
  },
  {
    field: 'Comment.revisions',
    query: `{ ${THREAD} { comments(first: 1, orderBy: OLDEST) { nodes { revisions(PAGE) SELECTION } } } }`,
    path: ['discussion', 'comments', 'nodes', 0, 'revisions'],
    node: 'CommentRevision',
  },
  ...inOrders(['RELEVANCE', 'NEWEST', 'OLDEST'], {
    ...{ field: 'Query.search', query: '{ search(PAGE, query: "in town") SELECTION }', path: ['search'] },
    ...{ node: 'SearchResult', isForwardOnly: true },
    key: '{ subject { ... on Discussion { id } ... on Comment { id } } }',
  }),
  {
    field: 'Query.search',
    variant: 'with qualifiers',
    query: '{ search(PAGE, query: "tag:shared-tag is:open -nothing score:>-5") SELECTION }',
    ...{ path: ['search'], node: 'SearchResult', isForwardOnly: true },
    key: '{ subject { ... on Discussion { id } ... on Comment { id } } }',
  },
  {
    field: 'Query.categories',
    query: '{ categories(PAGE) SELECTION }',
    path: ['categories'],
    node: 'Category',
  },
  { field: 'Query.products', query: '{ products(PAGE) SELECTION }', path: ['products'], node: 'Product' },
  { field: 'Query.tags', query: '{ tags(PAGE) SELECTION }', path: ['tags'], node: 'Tag' },
  ...['Many P', ''].map(
    (query): ConnectionCase => ({
      field: 'Query.authors',
      query: `{ authors(PAGE, query: "${query}") SELECTION }`,
      path: ['authors'],
      node: 'Author',
      only: 'account',
    }),
  ),
  {
    field: 'Viewer.sessions',
    query: '{ viewer { sessions(PAGE) SELECTION } }',
    path: ['viewer', 'sessions'],
    node: 'Session',
    only: 'account',
  },
  {
    field: 'Viewer.apiKeys',
    query: '{ viewer { apiKeys(PAGE) SELECTION } }',
    path: ['viewer', 'apiKeys'],
    node: 'ApiKey',
    only: 'account',
  },
  ...(['DeletedDiscussion', 'DeletedComment'] as const).map(
    (node): ConnectionCase => ({
      field: `Viewer.d${node.slice(1)}s`,
      query: `{ viewer { d${node.slice(1)}s(PAGE) SELECTION } }`,
      path: ['viewer', `d${node.slice(1)}s`],
      node,
      only: 'account',
    }),
  ),
  {
    field: 'Viewer.bookmarks',
    query: '{ viewer { bookmarks(PAGE) SELECTION } }',
    path: ['viewer', 'bookmarks'],
    node: 'Bookmark',
    only: 'account',
  },
  {
    field: 'Viewer.drafts',
    query: '{ viewer { drafts(PAGE) SELECTION } }',
    path: ['viewer', 'drafts'],
    node: 'Draft',
    only: 'account',
  },
];

/** What a case is called in a test's title. */
export const titleOf = ({ field, variant }: ConnectionCase) => (variant ? `${field} ${variant}` : field);

/** The whole query of a case. */
export function queryOf(one: ConnectionCase, args: string, selection: string): string {
  return one.query.replace('PAGE', args).replace('SELECTION', `{ ${selection} }`);
}

/** The connection that an answer holds. */
export function connectionIn(one: ConnectionCase, { data }: Answer): unknown {
  return one.path.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], data);
}

/** Sends a query as a viewer, or as a guest. */
export async function askAs(forum: Forum, token: string | null, query: string): Promise<Answer> {
  return token === null ? forum.ask(query) : forum.askWith(token, query);
}
