// Reads a search query. It never throws: what it cannot use as written it searches as words, and says so.
import { spanOf } from './leaves.ts';
import { issueOfOther } from './other-qualifiers.ts';
import { addQualifier, type Collected, faultOf, isQualifier, noFilters } from './qualifiers.ts';
import {
  FIELDS,
  type Field,
  type Issue,
  type IssueCode,
  type Leaf,
  type SearchQuery,
  type Span,
} from './query.ts';
import { listOf, misplaced, type Qualifier, segmentsOf } from './query-qualifiers.ts';
import { allOf, type Signed } from './signed.ts';
import { type Piece, split } from './split-query.ts';
import { tokensOf } from './tokens.ts';
import { leavesOfPiece } from './word-leaves.ts';

/** The longest query that is read, in UTF-16 units. */
export const QUERY_UNITS_MAX = 2_000;
/** The maximum number of words in a query: the work of a search grows with them. */
export const TERMS_MAX = 32;
/** The maximum depth of parentheses. FTS5 allows 256 levels of its own. */
const DEPTH_MAX = 8;

/** What a part of a query finds, and its qualifiers. */
interface Part {
  readonly signed: Signed | null;
  readonly qualifiers: readonly Qualifier[];
}

const NOTHING: Part = { signed: null, qualifiers: [] };

/** Reads a search query. */
export function parseQuery(query: string): SearchQuery {
  return new Parser(query).parse();
}

class Parser {
  #pieces: readonly Piece[];
  readonly #issues: Issue[] = [];
  readonly #filters: Collected = noFilters();
  readonly #read: string;
  #at = 0;
  #terms = 0;

  constructor(query: string) {
    const read = query.slice(0, QUERY_UNITS_MAX).toWellFormed();
    this.#pieces = split(read);
    this.#read = read;
    if (query.length > QUERY_UNITS_MAX)
      this.#report('TOO_LONG', `Only the first ${QUERY_UNITS_MAX} characters are searched.`, {
        start: QUERY_UNITS_MAX,
        end: query.length,
      });
  }

  parse(): SearchQuery {
    const parts = segmentsOf(this.#pieces).flatMap((pieces) => this.#partsOf(pieces));
    for (const { key, text, isNot, ...at } of parts.flatMap(({ qualifiers }) => qualifiers)) {
      const fault = addQualifier(this.#filters, key, { text, isNot, ...at });
      if (fault) this.#reportOnce(fault.code, fault.message, at);
    }
    const whole = allOf(parts.flatMap(({ signed }) => signed ?? []));
    const { in: places, category, product, tag, author, is, created, score } = this.#filters;
    const fields = new Set<Field>(places.length > 0 ? places.flatMap(({ values }) => values) : FIELDS);
    return {
      matcher: whole && !whole.isNot ? whole.node : null,
      except: whole?.isNot ? whole.node : null,
      fields,
      filters: { category, product, tag, author, is, created, score },
      issues: this.#issues,
    };
  }

  #partsOf(pieces: readonly Piece[]): Part[] {
    [this.#pieces, this.#at] = [pieces, 0];
    const parts: Part[] = [];
    while (this.#at < pieces.length) {
      parts.push(this.#any(0));
      this.#at++; // a closing parenthesis that nothing opened
    }
    return parts;
  }

  /** Groups that are joined by OR. */
  #any(depth: number): Part {
    const groups: Part[] = [];
    for (;;) {
      const group = this.#all(depth);
      if (group.signed || group.qualifiers.length > 0) groups.push(group);
      if (this.#pieces[this.#at]?.kind !== 'or') break;
      this.#at++;
    }
    if (groups.length <= 1) return groups[0] ?? NOTHING;
    const list = listOf(groups.map(({ signed, qualifiers }) => ({ qualifiers, hasWords: signed !== null })));
    if (list) return { signed: null, qualifiers: [list] };
    for (const { qualifiers } of groups) this.#reportMisplaced(qualifiers);
    return { signed: this.#anyOf(groups.flatMap(({ signed }) => signed ?? [])), qualifiers: [] };
  }

  #anyOf(groups: readonly Signed[]): Signed | null {
    const [only] = groups;
    if (groups.length <= 1) return only ?? null;
    const wanted = groups.filter(({ isNot }) => !isNot).map(({ node }) => node);
    const unwanted = groups.filter(({ isNot }) => isNot).map(({ node }) => node);
    if (wanted.length === 0) return { node: { kind: 'all', nodes: unwanted, except: [] }, isNot: true };
    if (unwanted.length > 0)
      this.#report(
        'MISPLACED_NOT',
        'An exclusion cannot be an alternative in OR. It is ignored.',
        spanOf(unwanted),
      );
    const [one] = wanted;
    return { node: wanted.length === 1 && one ? one : { kind: 'any', nodes: wanted }, isNot: false };
  }

  /** What stands next to each other, with or without AND. */
  #all(depth: number): Part {
    const parts: Signed[] = [];
    const qualifiers: Qualifier[] = [];
    let isNot = false;
    for (; this.#at < this.#pieces.length; this.#at++) {
      const piece = this.#pieces[this.#at] as Piece;
      if (piece.kind === 'or' || (piece.kind === 'close' && depth > 0)) break;
      if (piece.kind === 'not') isNot = !isNot;
      if (piece.kind === 'and' || piece.kind === 'not' || piece.kind === 'close') continue;
      const isNegated = isNot !== piece.isNegated;
      const found =
        piece.kind === 'open' ? this.#group(piece, depth, isNegated) : this.#word(piece, isNegated);
      if (found.signed) parts.push(found.signed);
      qualifiers.push(...found.qualifiers);
      isNot = false;
    }
    return { signed: allOf(parts), qualifiers };
  }

  #group(piece: Piece, depth: number, isNegated: boolean): Part {
    if (depth === DEPTH_MAX) {
      this.#reportOnce('TOO_DEEP', `Parentheses deeper than ${DEPTH_MAX} levels are ignored.`, piece);
      return NOTHING;
    }
    this.#at++;
    const { signed, qualifiers } = this.#any(depth + 1);
    if (!isNegated) return { signed, qualifiers };
    const [only] = qualifiers;
    if (only && !signed && qualifiers.length === 1)
      return { signed, qualifiers: [{ ...only, isNot: !only.isNot }] };
    this.#reportMisplaced(qualifiers);
    return { signed: signed && { node: signed.node, isNot: !signed.isNot }, qualifiers: [] };
  }

  #word(piece: Piece, isNot: boolean): Part {
    const { key, value: text, start, end } = piece;
    if (key !== null && isQualifier(key)) {
      const fault = faultOf(key, text, isNot);
      if (!fault) return { signed: null, qualifiers: [{ key, text, isNot, start, end }] };
      this.#report(fault.code, fault.message, piece);
    }
    this.#reportAll([issueOfOther(piece)]);
    const found = allOf(this.#leaves(piece, isNot).map((node) => ({ node, isNot: false })));
    return { signed: found && { node: found.node, isNot }, qualifiers: [] };
  }

  #leaves(piece: Piece, isExcluded: boolean): Leaf[] {
    const tokens = tokensOf(piece.text);
    const room = TERMS_MAX - this.#terms;
    const beyond = tokens[Math.max(0, room)];
    if (beyond) this.#reportTooMany(this.#placeOf(piece) + beyond.start);
    const used = tokens.slice(0, Math.max(0, room));
    this.#terms += used.length;
    return leavesOfPiece(piece, used, !isExcluded && this.#isIncomplete(piece));
  }

  /** Whether a word may become longer: it ends the query, or with a star. A phrase may until its quotes are closed. */
  #isIncomplete({ kind, text, end }: Piece): boolean {
    if (kind === 'phrase') return end === this.#read.length && text !== '' && this.#read.endsWith(text);
    return end === this.#read.length || text.endsWith('*');
  }

  #reportMisplaced(qualifiers: readonly Qualifier[]): void {
    this.#reportAll(qualifiers.map(misplaced));
  }

  #reportAll(issues: readonly (Issue | null)[]): void {
    for (const issue of issues) if (issue) this.#reportOnce(issue.code, issue.message, issue);
  }

  /** Where the text of a word or phrase begins in the query. */
  #placeOf({ text, start }: Piece): number {
    return Math.max(start, this.#read.indexOf(text, start));
  }

  #reportTooMany(start: number): void {
    this.#reportOnce('TOO_MANY_TERMS', `Only the first ${TERMS_MAX} words are searched.`, {
      start,
      end: this.#read.length,
    });
  }

  /** Reports the first of several issues with the same message. */
  #reportOnce(code: IssueCode, message: string, at: Span): void {
    if (!this.#issues.some((issue) => issue.message === message)) this.#report(code, message, at);
  }

  #report(code: IssueCode, message: string, { start, end }: Span): void {
    this.#issues.push({ code, message, start, end });
  }
}
