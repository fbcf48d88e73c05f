// Where the words of a query are in a text, for ranking and for excerpts.
import { type Completions, isOneCharacter, phrasesOf } from './match.ts';
import type { Leaf } from './query.ts';
import { searchLanguages, stem } from './stem.ts';
import { JOINED_UNITS_MAX, joinedOf, type Token, tokensOf } from './tokens.ts';

/** A place in a text where a leaf of the query is. Offsets are UTF-16 units. */
export interface Occurrence {
  /** Which of the leaves. */
  readonly leaf: number;
  readonly start: number;
  readonly end: number;
}

/** A text can repeat a character as often as it has characters. Further ones would change neither excerpt nor rank. */
export const OCCURRENCES_MAX = 2_000;

/** Finds the leaves of one query in texts. */
export class Finder {
  /** The phrases that begin with a term, with the leaf that they stand for. */
  readonly #byFirst = new Map<string, { readonly leaf: number; readonly phrase: readonly string[] }[]>();
  /** Single characters of scripts without blanks. */
  readonly #characters: (readonly [char: string, leaf: number])[] = [];
  readonly size: number;
  /** Whether all that is searched are single ASCII words: then texts of ASCII need not be split into tokens. */
  readonly #isPlain: boolean;

  constructor(leaves: readonly Leaf[], completions: Completions) {
    this.size = leaves.length;
    for (const [index, leaf] of leaves.entries()) {
      if (isOneCharacter(leaf)) this.#characters.push([leaf.terms[0] ?? '', index]);
      else for (const phrase of phrasesOf(leaf, completions)) this.#add(index, phrase);
    }
    const phrases = [...this.#byFirst.values()].flat();
    this.#isPlain =
      searchLanguages().length === 0 &&
      this.#characters.length === 0 &&
      phrases.every(({ phrase }) => phrase.length === 1 && PLAIN.test(phrase[0] ?? ''));
  }

  #add(leaf: number, phrase: readonly string[]): void {
    const [first = ''] = phrase;
    const known = this.#byFirst.get(first) ?? [];
    this.#byFirst.set(first, [...known, { leaf, phrase }]);
  }

  /** How often each leaf is in a text. */
  countsIn(text: string): number[] {
    const counts = Array<number>(this.size).fill(0);
    if (this.#isPlain && ASCII.test(text)) {
      const folded = text.toLowerCase();
      for (const [term, leaves] of this.#byFirst)
        for (const { leaf } of leaves) counts[leaf] = (counts[leaf] ?? 0) + countOf(folded, term);
      return counts;
    }
    for (const { leaf } of this.in(text)) counts[leaf] = (counts[leaf] ?? 0) + 1;
    return counts;
  }

  /** The first occurrences of each leaf in a text, in the order of their starts: at most OCCURRENCES_MAX in all. */
  in(text: string): Occurrence[] {
    const most = Math.floor(OCCURRENCES_MAX / Math.max(1, this.size));
    return (
      (this.#isPlain && ASCII_WITHOUT_SIGNS.test(text) && this.#plainIn(text, most)) ||
      this.#tokensIn(text, most)
    );
  }

  /** The same of plain words, without tokens. Null if a word has more occurrences than are returned. */
  #plainIn(text: string, most: number): Occurrence[] | null {
    const found: Occurrence[] = [];
    const folded = text.toLowerCase();
    const joined = PARTED.test(folded) ? [...folded.matchAll(PARTED_WORDS)] : [];
    for (const [term, leaves] of this.#byFirst) {
      const starts = startsOf(folded, term);
      if (starts.length > most) return null;
      for (const start of starts)
        for (const { leaf } of leaves) found.push({ leaf, start, end: start + term.length });
      for (const { 0: word, index } of joined)
        if (word.length > term.length && isJoinedAs(word, term))
          for (const { leaf } of leaves) found.push({ leaf, start: index, end: index + word.length });
    }
    // a leaf may have several terms
    return found.length > most ? null : found.sort((a, b) => a.start - b.start || b.end - a.end);
  }

  #tokensIn(text: string, most: number): Occurrence[] {
    const tokens = tokensOf(text);
    const found: Occurrence[] = [];
    const room = Array<number>(this.size).fill(most);
    /** Whether there is room for more of the leaf. */
    const add = (leaf: number, start: number, end: number): boolean => {
      const left = room[leaf] ?? 0;
      if (left > 0) found.push({ leaf, start, end });
      room[leaf] = left - 1;
      return left > 1;
    };
    for (const [at, { term, start }] of tokens.entries()) {
      for (const { leaf, phrase } of this.#byFirst.get(stem(term)) ?? []) {
        const end = endOf(tokens, at, phrase);
        if (end !== null) add(leaf, start, end);
      }
    }
    for (const { term, from, to } of joinedOf(text, tokens))
      for (const { leaf, phrase } of this.#byFirst.get(stem(term)) ?? [])
        if (phrase.length === 1) add(leaf, tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? 0);
    for (const [char, leaf] of this.#characters)
      for (let start = text.indexOf(char); start >= 0; start = text.indexOf(char, start + 1))
        if (!add(leaf, start, start + char.length)) break;
    return found.sort((a, b) => a.start - b.start || b.end - a.end);
  }
}

const ASCII = /^[\0-\x7f]*$/;
/** Without the signs that may end a word, as in `C++`. */
const ASCII_WITHOUT_SIGNS = /^[\0-"$-*,-\x7f]*$/;
/** Longer words are looked up by their start. */
const PLAIN = /^[a-z0-9]{1,63}$/;
/** Words in two or three parts: see joinedOf. */
const PARTED = /[a-z0-9][-.'_][a-z0-9]/;
const PARTED_WORDS =
  /(?<![a-z0-9]|[a-z0-9][-.'_])[a-z0-9]+(?:[-.'_][a-z0-9]+){1,2}(?![a-z0-9]|[-.'_][a-z0-9])/g;
const isJoinedAs = (word: string, term: string) =>
  term.length <= JOINED_UNITS_MAX && word.replaceAll(/[-.'_]/g, '') === term;

/** How often a word is in a folded text, between characters that belong to no word. */
const countOf = (text: string, word: string) => startsOf(text, word).length;

/** Where a word begins in a folded text, between characters that belong to no word. */
function startsOf(text: string, word: string): number[] {
  const starts: number[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length))
    if (!isOfWord(text.charCodeAt(at - 1)) && !isOfWord(text.charCodeAt(at + word.length))) starts.push(at);
  return starts;
}

/** Signs that make another word of it count too, as in `C++`. */
function isOfWord(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x23 || code === 0x2b;
}

function endOf(tokens: readonly Token[], at: number, phrase: readonly string[]): number | null {
  for (const [i, term] of phrase.entries()) if (stem(tokens[at + i]?.term ?? '') !== term) return null;
  return tokens[at + phrase.length - 1]?.end ?? null;
}
