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
  const message = `\`${key}:\` counts for the whole query. It can't be a part of OR or of an excluded group, except in a list of such qualifiers. It is ignored.`;
  return { code: 'MISPLACED_QUALIFIER', message, start, end };
}

/**
 * The parts of a query that are read one after the other: the qualifiers that it begins with, what is between, and the
 * qualifiers that it ends with. Those stand for themselves, though there may be an OR: `tag:api one OR two`. They may be a
 * list: `tag:api OR tag:sso one two`. Others beside an OR are alternatives of it.
 */
export function segmentsOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const units = unitsOf(pieces);
  const leading = outerRuns(units);
  const rest = units.slice(leading.flat().length);
  const isOpen = countOf(pieces, 'open') > countOf(pieces, 'close');
  // an open group takes what the query ends with
  const trailing = isOpen ? [] : outerRuns(rest.toReversed()).map((run) => run.toReversed());
  const inner = rest.slice(0, rest.length - trailing.flat().length);
  return [...leading, inner, ...trailing.toReversed()].map((run) => run.flatMap((unit) => unit.pieces));
}

/** A piece with the AND and NOT in front of it. */
interface Unit {
  readonly pieces: readonly Piece[];
  readonly isOr: boolean;
  /** Null: it is not a qualifier that can be used. */
  readonly key: string | null;
  readonly isNot: boolean;
}

function unitsOf(pieces: readonly Piece[]): Unit[] {
  const units: Unit[] = [];
  let start = 0;
  for (const [i, { kind, key, value, isNegated }] of pieces.entries()) {
    // the last piece ends a unit, whatever it is: none is left out
    if ((kind === 'and' || kind === 'not') && i < pieces.length - 1) continue;
    const own = pieces.slice(start, i + 1);
    const isUsable = key !== null && isQualifier(key) && faultOf(key, value, isNegated) === null;
    const isNot = isNegated || own.some((one) => one.kind === 'not');
    units.push({ pieces: own, isOr: kind === 'or', key: isUsable ? key : null, isNot });
    start = i + 1;
  }
  return units;
}

/** The qualifiers and lists of them at the beginning, up to one that is followed by OR and something else. */
function outerRuns(units: readonly Unit[]): Unit[][] {
  const runs: Unit[][] = [];
  for (let at = 0; ; ) {
    const first = units[at];
    if (!first?.key) return runs;
    let end = at + 1;
    while (units[end]?.isOr && isListed(first) && isListed(units[end + 1], first.key)) end += 2;
    if (units[end]?.isOr) return runs;
    runs.push(units.slice(at, end));
    at = end;
  }
}

/** Whether it may be a value of a list of qualifiers of this key. */
const isListed = (unit: Unit | undefined, key = unit?.key): boolean =>
  unit !== undefined && unit.key !== null && unit.key === key && LISTS.has(unit.key) && !unit.isNot;

const countOf = (pieces: readonly Piece[], kind: Piece['kind']) =>
  pieces.filter((piece) => piece.kind === kind).length;
