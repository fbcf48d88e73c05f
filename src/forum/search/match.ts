// What a query looks for, as FTS5 and PostgreSQL write it. Terms are quoted, so that nothing in them is an operator.
import type { Engine } from '../../store/index.ts';
import { ANY, byAuthor, inTitle } from './indexed-text.ts';
import type { Leaf, Matcher } from './query.ts';
import { searchLanguages, stem } from './stem.ts';
import { anywhere, isUnspaced } from './tokens.ts';

/** Where words are looked for. */
export type Place = 'anywhere' | 'title' | 'body';

/** A term or several in a row, for any of which a leaf stands. */
type Phrase = readonly string[];

/** With more, a phrase would be looked for in fewer texts: see search-windows.ts. */
const PHRASE_COMPLETIONS_MAX = 5;

/** What the words begin with that complete a leaf: the last word of a phrase, or all parts of `e-mai`. */
export function prefixOf({ terms, joined }: Leaf): string {
  return joined ?? terms.at(-1) ?? '';
}

/** Everything that a leaf stands for, as terms. `completions`: the words that begin with it. */
export function phrasesOf(leaf: Leaf, completions: Completions): readonly Phrase[] {
  const { terms, joined, isPrefix } = leaf;
  const [term = ''] = terms;
  if (isOneCharacter(leaf)) return [[anywhere(term)]];
  const longer = isPrefix ? (completions.get(prefixOf(leaf)) ?? []) : [];
  const phrases = [
    terms,
    ...(joined === null ? [] : [[joined]]),
    ...longer
      .slice(0, terms.length === 1 ? longer.length : PHRASE_COMPLETIONS_MAX)
      .map((word) => (joined === null ? [...terms.slice(0, -1), word] : [word])),
  ];
  if (searchLanguages().length === 0) return phrases;
  const stemmed = phrases.map((phrase) => phrase.map(stem));
  return [...new Map(stemmed.map((phrase) => [phrase.join(' '), phrase])).values()];
}

/** Whether a leaf is one character of a script without blanks, which is found inside of words. */
export function isOneCharacter({ terms: [term = '', ...more] }: Leaf): boolean {
  return more.length === 0 && isUnspaced(term) && [...term].length === 1;
}

/** The longer words for each word that is still being typed. */
export type Completions = ReadonlyMap<string, readonly string[]>;

/** What the texts of a query must contain, and who may have written them. */
export interface Wanted {
  readonly matcher: Matcher | null;
  readonly except: Matcher | null;
  readonly completions: Completions;
  /** Row ids. Each list: any of them. An empty list finds nothing. */
  readonly authors: readonly { readonly ids: readonly string[]; readonly isNot: boolean }[];
}

/** How an engine writes a condition on texts. */
interface Syntax {
  phrase(terms: Phrase): string;
  all(conditions: readonly string[]): string;
  any(conditions: readonly string[]): string;
  without(condition: string, excluded: string): string;
  inBody(condition: string): string;
}

const SYNTAX: Readonly<Record<Engine, Syntax>> = {
  sqlite: {
    phrase: (terms) => `"${terms.join(' ')}"`,
    all: (conditions) => `(${conditions.join(' AND ')})`,
    any: (conditions) => `(${conditions.join(' OR ')})`,
    without: (condition, excluded) => `(${condition} NOT ${excluded})`,
    inBody: (condition) => `{body} : ${condition.startsWith('(') ? condition : `(${condition})`}`,
  },
  postgres: {
    phrase: (terms) => `(${terms.map((term) => `'${term}'`).join(' <-> ')})`,
    all: (conditions) => `(${conditions.join(' & ')})`,
    any: (conditions) => `(${conditions.join(' | ')})`,
    without: (condition, excluded) => `(${condition} & !${excluded})`,
    inBody: (condition) => condition.replaceAll(/('[^']*')/g, '$1:B'),
  },
};

/**
 * The condition in an engine's own language: the right side of FTS5's MATCH, or a `tsquery`. `exceptPlace`: where the
 * excluded words must not be.
 */
export function matchOf(
  engine: Engine,
  { matcher, except, completions, authors }: Wanted,
  place: Place,
  exceptPlace = place,
): string {
  const syntax = SYNTAX[engine];
  const conditionOf = (node: Matcher, at: Place): string => {
    const of = at === 'title' ? inTitle : (term: string) => term;
    if (node.kind === 'leaf')
      return syntax.any(phrasesOf(node, completions).map((phrase) => syntax.phrase(phrase.map(of))));
    if (node.kind === 'any') return syntax.any(node.nodes.map((one) => conditionOf(one, at)));
    const all = syntax.all(node.nodes.map((one) => conditionOf(one, at)));
    if (node.except.length === 0) return all;
    return syntax.without(all, syntax.any(node.except.map((one) => conditionOf(one, exceptPlace))));
  };
  const placed = (node: Matcher, at: Place) =>
    at === 'body' ? syntax.inBody(conditionOf(node, at)) : conditionOf(node, at);
  const written = authors.map(({ ids, isNot }) => ({
    isNot,
    // an id that no author has, if there are none
    condition: syntax.any((ids.length === 0 ? [''] : ids).map((id) => syntax.phrase([byAuthor(id)]))),
  }));
  const conditions = [
    matcher === null ? syntax.phrase([ANY]) : placed(matcher, place),
    ...written.filter(({ isNot }) => !isNot).map(({ condition }) => condition),
  ];
  const excluded = [
    ...(except === null ? [] : [placed(except, exceptPlace)]),
    ...written.filter(({ isNot }) => isNot).map(({ condition }) => condition),
  ];
  return excluded.reduce((all, one) => syntax.without(all, one), syntax.all(conditions));
}

/** The same, only for texts with one of some terms, if there are any. PostgreSQL has none: it heeds the bounds. */
export function withinTerms(engine: Engine, match: string, terms: readonly string[]): string {
  if (engine === 'postgres' || terms.length === 0) return match;
  const { all, any, phrase } = SYNTAX.sqlite;
  return all([`(${match})`, any(terms.map((term) => phrase([term])))]);
}
