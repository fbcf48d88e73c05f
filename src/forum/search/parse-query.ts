// Reads a search query. It never throws: what it cannot use as written it searches as words, and says so.
import { addQualifier, type Collected, isQualifier, noFilters } from './qualifiers.ts';
import {
  FIELDS,
  type Field,
  type Issue,
  type IssueCode,
  type Leaf,
  type Matcher,
  type SearchQuery,
  type Span,
} from './query.ts';
import { type Piece, split } from './split-query.ts';
import { isUnspaced, joinedOf, type Token, tokensOf } from './tokens.ts';

/** The longest query that is read, in UTF-16 units. */
export const QUERY_UNITS_MAX = 2_000;
/** The maximum number of words in a query: the work of a search grows with them. */
export const TERMS_MAX = 32;
/** The maximum depth of parentheses. FTS5 allows 256 levels of its own. */
const DEPTH_MAX = 8;
/** Up to this length, a run of a script without blanks is taken for one word; a longer one for several. */
const UNSPACED_WORD_PAIRS_MAX = 3;

/** A matcher, or what must not match. */
interface Signed {
  readonly node: Matcher;
  readonly isNot: boolean;
}

/** Reads a search query. */
export function parseQuery(query: string): SearchQuery {
  return new Parser(query).parse();
}

class Parser {
  readonly #pieces: Piece[];
  readonly #issues: Issue[] = [];
  readonly #filters: Collected = noFilters();
  readonly #end: number;
  #at = 0;
  #terms = 0;

  constructor(query: string) {
    const read = query.slice(0, QUERY_UNITS_MAX).toWellFormed();
    this.#pieces = split(read);
    this.#end = read.length;
    if (query.length > QUERY_UNITS_MAX)
      this.#report('TOO_LONG', `Only the first ${QUERY_UNITS_MAX} characters are searched.`, {
        start: QUERY_UNITS_MAX,
        end: query.length,
      });
  }

  parse(): SearchQuery {
    const parts: Signed[] = [];
    while (this.#at < this.#pieces.length) {
      const found = this.#any(0);
      if (found) parts.push(found);
      this.#at++; // a closing parenthesis that nothing opened
    }
    const whole = allOf(parts);
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

  /** Groups that are joined by OR. */
  #any(depth: number): Signed | null {
    const groups: Signed[] = [];
    for (;;) {
      const group = this.#all(depth);
      if (group) groups.push(group);
      if (this.#pieces[this.#at]?.kind !== 'or') return this.#anyOf(groups);
      this.#at++;
    }
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

  /** What stands next to each other, with or without AND. Qualifiers count for the whole query. */
  #all(depth: number): Signed | null {
    const parts: Signed[] = [];
    let isNot = false;
    for (; this.#at < this.#pieces.length; this.#at++) {
      const piece = this.#pieces[this.#at] as Piece;
      if (piece.kind === 'or' || (piece.kind === 'close' && depth > 0)) break;
      if (piece.kind === 'not') isNot = !isNot;
      if (piece.kind === 'and' || piece.kind === 'not' || piece.kind === 'close') continue;
      const found = piece.kind === 'open' ? this.#group(piece, depth) : this.#word(piece, isNot);
      const negated = isNot !== piece.isNegated;
      if (found) parts.push(negated ? { node: found.node, isNot: !found.isNot } : found);
      isNot = false;
    }
    return allOf(parts);
  }

  #group(piece: Piece, depth: number): Signed | null {
    if (depth === DEPTH_MAX) {
      return this.#reportOnce('TOO_DEEP', `Parentheses deeper than ${DEPTH_MAX} levels are ignored.`, piece);
    }
    this.#at++;
    return this.#any(depth + 1);
  }

  #word(piece: Piece, isNot: boolean): Signed | null {
    const { key, value, isNegated } = piece;
    if (key !== null && isQualifier(key)) {
      const fault = addQualifier(this.#filters, key, value, isNot !== isNegated);
      if (!fault) return null;
      if (fault.code === 'TOO_MANY_TERMS') return this.#reportOnce(fault.code, fault.message, piece);
      this.#report(fault.code, fault.message, piece);
    }
    const leaves = this.#leaves(piece, isNot !== isNegated);
    return allOf(leaves.map((node) => ({ node, isNot: false })));
  }

  /** The leaves of a word or phrase. A word in several scripts, or a long one without blanks, has several. */
  #leaves(piece: Piece, isExcluded: boolean): Leaf[] {
    const { text, kind, start, end } = piece;
    const tokens = tokensOf(text);
    const room = TERMS_MAX - this.#terms;
    if (tokens.length > room) this.#reportTooMany(end);
    const used = tokens.slice(0, Math.max(0, room));
    this.#terms += used.length;
    if (used.length === 0) return [];
    const terms = used.map(({ term }) => term);
    if (kind === 'phrase') return [{ kind: 'leaf', terms, joined: null, isPrefix: false, start, end }];
    const isTyped = !isExcluded && (end === this.#end || text.endsWith('*'));
    const runs = runsOf(used);
    return runs.map((run, i) => {
      const [joined] = run.length > 1 ? joinedOf(text, run) : [];
      return {
        kind: 'leaf',
        terms: run.map(({ term }) => term),
        joined: joined && joined.from === 0 && joined.to === run.length ? joined.term : null,
        isPrefix: isTyped && i === runs.length - 1 && run.length === 1 && endsWithToken(text, run),
        start,
        end,
      };
    });
  }

  #reportTooMany(end: number): void {
    this.#reportOnce('TOO_MANY_TERMS', `Only the first ${TERMS_MAX} words are searched.`, {
      start: end,
      end: this.#end,
    });
  }

  /** Reports the first of several issues with the same message. Returns what the query has instead: nothing. */
  #reportOnce(code: IssueCode, message: string, at: Span): null {
    if (!this.#issues.some((issue) => issue.message === message)) this.#report(code, message, at);
    return null;
  }

  #report(code: IssueCode, message: string, { start, end }: Span): void {
    this.#issues.push({ code, message, start, end });
  }
}

/** What all parts find and none of the excluded. Null if there are no parts. */
function allOf(parts: readonly Signed[]): Signed | null {
  const [only] = parts;
  if (parts.length <= 1) return only ?? null;
  const nodes = parts.filter(({ isNot }) => !isNot).map(({ node }) => node);
  const except = parts.filter(({ isNot }) => isNot).map(({ node }) => node);
  if (nodes.length === 0) return { node: { kind: 'any', nodes: except }, isNot: true };
  return { node: { kind: 'all', nodes, except }, isNot: false };
}

/** The parts of a word in one script each; a long part without blanks gives each pair of its characters alone. */
function runsOf(tokens: readonly Token[]): Token[][] {
  const runs: Token[][] = [];
  for (const token of tokens) {
    const last = runs.at(-1);
    if (last?.[0] && isUnspaced(last[0].term) === isUnspaced(token.term)) last.push(token);
    else runs.push([token]);
  }
  return runs.flatMap((run) =>
    run.length > UNSPACED_WORD_PAIRS_MAX && isUnspaced(run[0]?.term ?? '')
      ? run.map((token) => [token])
      : [run],
  );
}

/** Whether nothing but a star follows the token: `kube` and `kube*` may become longer, `kube.` may not. */
function endsWithToken(text: string, run: readonly Token[]): boolean {
  const rest = text.slice(run.at(-1)?.end ?? 0);
  return (rest === '' || rest === '*') && !isUnspaced(run[0]?.term ?? '');
}

function spanOf(nodes: readonly Matcher[]): { start: number; end: number } {
  const leaves = nodes.flatMap(leavesOf);
  return {
    start: Math.min(...leaves.map(({ start }) => start)),
    end: Math.max(...leaves.map(({ end }) => end)),
  };
}

/** Every leaf of a matcher, with those that must not match. */
export function leavesOf(node: Matcher): readonly Leaf[] {
  if (node.kind === 'leaf') return [node];
  return [...node.nodes, ...(node.kind === 'all' ? node.except : [])].flatMap(leavesOf);
}

/** Every leaf of a matcher, without those that must not match. */
export function wantedLeaves(node: Matcher): readonly Leaf[] {
  return node.kind === 'leaf' ? [node] : node.nodes.flatMap(wantedLeaves);
}

/** The leaves without repetitions: a repeated word finds nothing else. */
export function distinctLeaves(leaves: readonly Leaf[]): readonly Leaf[] {
  if (leaves.length < 2) return leaves;
  const byText = new Map<string, Leaf>();
  for (const leaf of leaves) {
    const text = JSON.stringify([leaf.terms, leaf.joined, leaf.isPrefix]);
    if (!byText.has(text)) byText.set(text, leaf);
  }
  return [...byText.values()];
}
