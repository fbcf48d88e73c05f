// Pages of the states of a text, the newest first. States are numbered from 1 without gaps, so that a page's numbers are
// known before anything is read; rows of many texts can still be asked for in one statement.

import type { SortOrder } from '../../graphql/connections/cursor.ts';
import type { PageRequest } from '../../graphql/connections/page-args.ts';

export const NEWEST_REVISION_FIRST: SortOrder = {
  name: 'REVISION',
  column: 'revision',
  property: 'revision',
  ascending: false,
  kind: 'int',
};

/** PostgreSQL's largest integer: no bound. */
const UNBOUNDED = 2 ** 31 - 1;

const highest = ({ after }: PageRequest) => (after ? Number(after.key) - 1 : UNBOUNDED);
const lowest = ({ before }: PageRequest) => Math.max(1, before ? Number(before.key) + 1 : 1);

/** The numbers on a page of a text that has `count` states; none where `first` is above `last`. */
export interface RevisionPage {
  readonly first: number;
  readonly last: number;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** Pure. */
export function revisionPage(request: PageRequest, count: number): RevisionPage {
  const { size, fromEnd, after, before } = request;
  const [from, to] = [lowest(request), Math.min(count, highest(request))];
  if (fromEnd) {
    const last = Math.min(to, from + size - 1);
    return { first: from, last, hasNextPage: before !== null, hasPreviousPage: last < to };
  }
  const first = Math.max(from, to - size + 1);
  return { first, last: to, hasNextPage: first > from, hasPreviousPage: after !== null };
}

/**
 * Which states a statement for many texts reads: from the first to the second number, and of those the newest of each
 * text, as many as the third says. Told without the count, so that all texts of a request ask alike.
 */
export function revisionsToRead(request: PageRequest): readonly [from: number, to: number, newest: number] {
  const { size, fromEnd, after } = request;
  const [from, to] = [lowest(request), highest(request)];
  if (fromEnd) return [from, Math.min(to, from + size - 1), UNBOUNDED];
  return after ? [Math.max(from, to - size + 1), to, UNBOUNDED] : [from, to, size];
}
