// Qualifiers count for the whole query, so that they can be no part of an alternative. The exception is a list.
import { type Collected, faultOf, isQualifier } from './qualifiers.ts';
import type { Issue, Span } from './query.ts';
import type { Piece } from './split-query.ts';

/** A qualifier as it is written. */
export interface Qualifier extends Span {
  readonly key: keyof Collected;
  readonly text: string;
  readonly isNot: boolean;
}

/** The qualifiers that take several values. */
const LISTS: ReadonlySet<string> = new Set(['category', 'product', 'tag', 'author', 'is', 'in']);

/** The part of a query between two OR: its qualifiers, and whether there are words too. */
export interface Alternative {
  readonly qualifiers: readonly Qualifier[];
  readonly hasWords: boolean;
}

/** Alternatives that are one qualifier of the same kind each, such as `tag:api OR tag:sso`, as its values. Null for others. */
export function listOf(alternatives: readonly Alternative[]): Qualifier | null {
  const each = alternatives.map(({ qualifiers, hasWords }) =>
    hasWords || qualifiers.length !== 1 ? null : (qualifiers[0] ?? null),
  );
  const [first, last] = [each[0], each.at(-1)];
  if (!first || !last || !LISTS.has(first.key)) return null;
  if (!each.every((one) => one !== null && one.key === first.key && !one.isNot)) return null;
  const text = each.map((one) => one?.text ?? '').join(',');
  return { key: first.key, text, isNot: false, start: first.start, end: last.end };
}

/** What is said of a qualifier that is part of an alternative, or of an excluded group with others. */
export function misplaced({ key, start, end }: Qualifier): Issue {
  const message = `\`${key}:\` counts for the whole query. It can't be a part of OR or of an excluded group, except in a list of such qualifiers alone. It is ignored.`;
  return { code: 'MISPLACED_QUALIFIER', message, start, end };
}

/**
 * The pieces of a query without the qualifiers that it begins and ends with, and these. They stand for themselves, though
 * there may be an OR: `tag:api one OR two`. A qualifier right beside an OR is an alternative of it.
 */
export function outerOf(pieces: readonly Piece[]): {
  readonly before: readonly Piece[];
  readonly inner: readonly Piece[];
  readonly behind: readonly Piece[];
} {
  const isOuter = ({ kind, key, value, isNegated }: Piece) =>
    kind === 'not' ||
    kind === 'and' ||
    (key !== null && isQualifier(key) && faultOf(key, value, isNegated) === null);
  const isTerm = ({ kind }: Piece) => kind === 'word' || kind === 'phrase';
  let start = pieces.findIndex((piece) => !isOuter(piece));
  if (start < 0) return { before: pieces, inner: [], behind: [] };
  if (pieces[start]?.kind === 'or') start = pieces.slice(0, start).findLastIndex(isTerm);
  // with the NOT in front of it
  while (start > 0 && !isTerm(pieces[start - 1] as Piece)) start--;
  let end = pieces.findLastIndex((piece) => !isOuter(piece)) + 1;
  if (pieces[end - 1]?.kind === 'or') {
    const next = pieces.slice(end).findIndex(isTerm);
    end = next < 0 ? pieces.length : end + next + 1;
  }
  start = Math.max(0, start);
  return { before: pieces.slice(0, start), inner: pieces.slice(start, end), behind: pieces.slice(end) };
}
