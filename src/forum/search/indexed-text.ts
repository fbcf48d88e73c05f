// What both engines index of a text: each token at its place, and at the end the terms that have no place.
import { stem } from './stem.ts';
import { anywhere, isUnspaced, joinedOf, type Token, tokensOf } from './tokens.ts';

/** PostgreSQL stores no higher position than 16,383, so tokens further back are found, but not as part of a phrase. */
const PLACES_MAX = 15_000;
/** PostgreSQL stores at most 255 positions of one lexeme, in a title and its text together. */
const PLACES_OF_TERM_MAX = 100;

/** The terms of a text. */
export interface IndexedText {
  /** The term at each place. Null: nothing is indexed there, but a phrase does not reach over it. */
  readonly placed: readonly (string | null)[];
  /** Terms that are somewhere in the text. */
  readonly unplaced: readonly string[];
  /** The words of the text as they are, which completions and suggestions may name. */
  readonly words: ReadonlySet<string>;
}

/** A term that every text has. */
export const ANY = '_';

/** The term by which the texts of an author are found. */
export function byAuthor(authorId: string): string {
  return `@${authorId}`;
}

/** The terms of a text as both engines store them. `more`: terms that are not in the text. */
export function indexedText(text: string, more: readonly string[] = []): IndexedText {
  const tokens = tokensOf(text);
  const counts = new Map<string, number>();
  const words = new Set<string>();
  for (const { term } of tokens) if (isWord(term)) words.add(term);
  const placed = tokens.slice(0, PLACES_MAX).map((token) => {
    const term = stem(token.term);
    const count = (counts.get(term) ?? 0) + 1;
    counts.set(term, count);
    return count > PLACES_OF_TERM_MAX ? null : term;
  });
  const unplaced = new Set<string>(more);
  const add = (word: string) => {
    const term = stem(word);
    if (!counts.has(term)) unplaced.add(term);
  };
  for (const { term } of tokens.slice(PLACES_MAX)) add(term);
  for (const { term } of joinedOf(text, tokens)) {
    add(term);
    if (isWord(term)) words.add(term);
  }
  for (const char of unspacedCharacters(tokens)) unplaced.add(anywhere(char));
  return { placed, unplaced: [...unplaced], words };
}

function unspacedCharacters(tokens: readonly Token[]): Set<string> {
  const chars = new Set<string>();
  for (const { term } of tokens) if (isUnspaced(term)) for (const char of term) chars.add(char);
  return chars;
}

/** The prefix of a title's terms, by which titles alone are searched. */
const IN_TITLE = '=';

/** The term by which titles alone are searched. */
export function inTitle(term: string): string {
  return IN_TITLE + term;
}

const WORD_UNITS_MIN = 3;
const WORD_UNITS_MAX = 32;

/** Numbers and signs are no words, and neither are the pairs of unspaced scripts. */
function isWord(term: string): boolean {
  return (
    term.length >= WORD_UNITS_MIN &&
    term.length <= WORD_UNITS_MAX &&
    (/^[a-z]+$/.test(term) || (/^\p{L}+$/u.test(term) && !isUnspaced(term)))
  );
}

/** What stands in FTS5's text where no term is indexed. */
const GAP = '__';

/** The text for FTS5, whose tokens stand between blanks. */
export function textForFts(
  { placed, unplaced }: Pick<IndexedText, 'placed' | 'unplaced'>,
  of: (term: string) => string = (term) => term,
): string {
  const terms = placed.map((term) => (term === null ? GAP : of(term)));
  for (const term of unplaced) terms.push(GAP, of(term));
  return terms.join(' ');
}

/** The position of terms that have no place, in each part: beyond all places, and no neighbours. */
const UNPLACED_AT = { A: 16_379, B: 16_381, C: 16_383 };
/** A phrase does not reach from a title into its text. */
const PLACES_BETWEEN = 2;

/** A part of a document: its terms, the letter that PostgreSQL weighs them by, and how they are written. */
export interface Part {
  readonly terms: Pick<IndexedText, 'placed' | 'unplaced'>;
  readonly weight: 'A' | 'B' | 'C';
  readonly of?: (term: string) => string;
}

/** A literal of PostgreSQL's type `tsvector`. */
export function vectorOf(parts: readonly Part[]): string {
  const places = new Map<string, string[]>();
  const add = (term: string, position: number, weight: string) => {
    const known = places.get(term);
    const place = `${position}${weight}`;
    if (known) known.push(place);
    else places.set(term, [place]);
  };
  let start = 1;
  for (const { terms, weight, of = (term: string) => term } of parts) {
    for (const [i, term] of terms.placed.entries()) if (term !== null) add(of(term), start + i, weight);
    for (const term of terms.unplaced) add(of(term), UNPLACED_AT[weight], weight);
    start += terms.placed.length + PLACES_BETWEEN;
  }
  return [...places].map(([term, at]) => `'${term}':${at.join(',')}`).join(' ');
}
