// What fields cost, in units of about a microsecond of processor time. docs/limits.md has the measurements.
import type { FieldNode, ValueNode } from 'graphql';

/** The units that one point pays for: a millisecond. A front end's page costs one or two. */
export const UNITS_A_POINT = 1000;

/** An object of a list: it is read, and laid out in the answer. */
export const NODE_UNITS = 5;
/** An object that is not in a list, such as an author. Loaders fetch those of a level together. */
export const OBJECT_UNITS = 3;
/** A value, such as a name. */
export const VALUE_UNITS = 1;
/** A list, once in its place in the operation: a statement for all of its parents. */
export const LIST_UNITS = 30;
/** A list, once for each parent. */
export const PARENT_UNITS = 10;
/** A value that is read by introspection. */
export const INTROSPECTED_UNITS = 1;
/**
 * A write, or the preview of one. Each character in the arguments of a root field costs one more: texts are normalised,
 * and Markdown is rendered.
 */
export const WRITE_UNITS = 500;

/** A look-up by a key, with a statement of its own. */
const LOOKUP_UNITS = 30;
/** Rows are counted one by one: the 20,000 rows of a list take this long. */
const COUNT_UNITS = 5000;
/**
 * The discussions of a window of time are sorted by their votes, or the index of TOP is read until a page is full. Up to
 * 20,000 discussions take about twice as long on SQLite, and 10,000 two thirds as long.
 */
const WINDOW_UNITS = 5000;
/** At most 4,000 rows are counted. */
const BOUNDED_COUNT_UNITS = 1000;
/** The comments of a thread are looked at, or those above a comment: once for all that a page shows of the thread. */
const THREAD_UNITS = 500;
/** The beginning of a long text is read, and words are told apart. */
const EXCERPT_UNITS = 30;
/** Up to 260 comments of a thread are read, and those at its top level are counted. */
const WHOLE_THREAD_UNITS = 5000;
/** A few hundred matches are read, and ranked by their texts or counted. */
const SEARCH_UNITS = 4000;
/** The longest texts are compared word by word. */
const DIFF_UNITS = 40_000;

/**
 * Fields that cost more than their kind, in units for each time that they are resolved. Keys are `Type.field`. Fields of a
 * connection and arguments are `Type.field.name`: `Query.discussions.totalCount`, `Query.discussions.window`.
 */
const SPECIAL_PRICES: Readonly<Record<string, number>> = {
  'Query.discussions.totalCount': COUNT_UNITS,
  'Query.discussions.window': WINDOW_UNITS,
  'Query.authors.totalCount': BOUNDED_COUNT_UNITS,
  'Query.authors.isTotalCountLowerBound': BOUNDED_COUNT_UNITS,
  'Author.discussions.totalCount': COUNT_UNITS,
  'Author.discussions.window': WINDOW_UNITS,
  'Author.comments.totalCount': COUNT_UNITS,
  'Discussion.allComments.totalCount': COUNT_UNITS,
  'Comment.position': THREAD_UNITS,
  'Discussion.participants': THREAD_UNITS,
  'Discussion.participantCount': THREAD_UNITS,
  'Discussion.excerpt': EXCERPT_UNITS,
  'Author.discussionCount': COUNT_UNITS,
  'Author.commentCount': COUNT_UNITS,
  'Author.acceptedAnswerCount': COUNT_UNITS,
  'Author.receivedUpvoteCount': COUNT_UNITS,
  'Author.receivedDownvoteCount': COUNT_UNITS,
  'Category.discussions.totalCount': COUNT_UNITS,
  'Category.discussions.window': WINDOW_UNITS,
  'Product.discussions.totalCount': COUNT_UNITS,
  'Product.discussions.window': WINDOW_UNITS,
  'Tag.discussions.totalCount': COUNT_UNITS,
  'Tag.discussions.window': WINDOW_UNITS,
  'Query.search': SEARCH_UNITS,
  'Query.similarDiscussions': SEARCH_UNITS,
  'Discussion.relatedDiscussions.hasSimilar': SEARCH_UNITS,
  'Query.search.totalCount': SEARCH_UNITS,
  'Query.search.facets': SEARCH_UNITS,
  'Query.search.suggestion': SEARCH_UNITS,
  'SearchResult.textMatches': EXCERPT_UNITS,
  'Viewer.bookmarks.totalCount': COUNT_UNITS,
  'Viewer.deletedDiscussions.totalCount': COUNT_UNITS,
  'Viewer.deletedComments.totalCount': COUNT_UNITS,
  'DiscussionRevision.bodyDiff': DIFF_UNITS,
  'CommentRevision.bodyDiff': DIFF_UNITS,
  'Discussion.asMarkdown': WHOLE_THREAD_UNITS,
  'Discussion.structuredData': WHOLE_THREAD_UNITS,
  'Discussion.structuredDataIssues': WHOLE_THREAD_UNITS,
  'Query.discussion': LOOKUP_UNITS,
  'Query.author': LOOKUP_UNITS,
  'Query.category': LOOKUP_UNITS,
  'Query.product': LOOKUP_UNITS,
  'Query.tag': LOOKUP_UNITS,
  'Query.node': LOOKUP_UNITS,
  'Viewer.deletedDiscussion': LOOKUP_UNITS,
  'Viewer.deletedComment': LOOKUP_UNITS,
};

/** The queries that cost what a write does. */
const PREVIEWS = ['previewDiscussion', 'previewComment'];

/** The names in the table, for the test that compares them with the schema. */
export const SPECIAL_FIELDS = [...Object.keys(SPECIAL_PRICES), ...PREVIEWS.map((name) => `Query.${name}`)];

const prices = new Map(Object.entries(SPECIAL_PRICES));

/** The price of a field that costs more than its kind. `list`: the name of the connection that it is a field of. */
export function specialPrice(type: string, field: string, list: string | null): number | undefined {
  return (list === null ? undefined : prices.get(`${list}.${field}`)) ?? prices.get(`${type}.${field}`);
}

/** What an argument adds to the price of its field. `false`, `ALL` and omitted arguments add nothing. */
export function argumentPrice(type: string, { name, arguments: args = [] }: FieldNode): number {
  let units = 0;
  for (const { name: argument, value } of args)
    if (!isFree(value)) units += prices.get(`${type}.${name.value}.${argument.value}`) ?? 0;
  return units;
}

function isFree(value: ValueNode): boolean {
  if (value.kind === 'BooleanValue') return !value.value;
  return value.kind === 'EnumValue' && value.value === 'ALL';
}

/** Whether a root field costs WRITE_UNITS. */
export function isWrite(root: 'query' | 'mutation' | 'subscription', field: string): boolean {
  return root === 'mutation' || PREVIEWS.includes(field);
}

/** What a field costs if it costs more than its kind, for its description. `root`: the operation that it is a root field of. */
export function priceOf(
  type: string,
  field: string,
  root: 'query' | 'mutation' | null,
): { readonly units: number | null; readonly perCharacter: boolean } {
  if (root !== null && isWrite(root, field)) return { units: WRITE_UNITS, perCharacter: true };
  return { units: prices.get(`${type}.${field}`) ?? null, perCharacter: false };
}

/** The prices of what a list has beside its items, and of its arguments: names and units. */
export function listPrices(type: string, field: string): [name: string, units: number][] {
  const start = `${type}.${field}.`;
  return Object.entries(SPECIAL_PRICES).flatMap(([name, units]) =>
    name.startsWith(start) ? [[name.slice(start.length), units]] : [],
  );
}
