// Where the words of a query are in a text, for ranking and for excerpts.
import { type Completions, isOneCharacter, phrasesOf } from './match.ts';
import { isPlainText, joinedWords, PLAIN, startsOf } from './plain-words.ts';
import type { Leaf } from './query.ts';
import { searchLanguages, stem } from './stem.ts';
import { joinedOf, type Token, tokensOf } from './tokens.ts';

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
    for (const { leaf } of this.#all(text, Number.POSITIVE_INFINITY)) counts[leaf] = (counts[leaf] ?? 0) + 1;
    return counts;
  }

  /**
   * The first occurrences of each leaf in a text, in the order of their starts: at most OCCURRENCES_MAX in all. Where a
   * leaf is found by several of its terms, as `e-mail` is by its parts and by `email`, it is there once.
   */
  in(text: string): Occurrence[] {
    return this.#all(text, Math.floor(OCCURRENCES_MAX / Math.max(1, this.size)));
  }

  #all(text: string, most: number): Occurrence[] {
    return (this.#isPlain && isPlainText(text) && this.#plainIn(text, most)) || this.#tokensIn(text, most);
  }

  /** The same of plain words, without tokens. Null if a word has more occurrences than are returned. */
  #plainIn(text: string, most: number): Occurrence[] | null {
    const found: Occurrence[] = [];
    const folded = text.toLowerCase();
    const joined = joinedWords(folded);
    for (const [term, leaves] of this.#byFirst) {
      const starts = startsOf(folded, term);
      if (starts.length > most) return null;
      for (const start of starts)
        for (const { leaf } of leaves) found.push({ leaf, start, end: start + term.length });
      for (const { term: word, start, end } of joined)
        if (word === term) for (const { leaf } of leaves) found.push({ leaf, start, end });
    }
    // a leaf may have several terms
    return found.length > most ? null : onceEach(found);
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
    return onceEach(found);
  }
}

/** In order, without occurrences of a leaf that are part of another one of it. */
function onceEach(found: Occurrence[]): Occurrence[] {
  const ends: number[] = [];
  return found
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .filter(({ leaf, end }) => {
      const isNew = end > (ends[leaf] ?? 0);
      if (isNew) ends[leaf] = end;
      return isNew;
    });
}

function endOf(tokens: readonly Token[], at: number, phrase: readonly string[]): number | null {
  for (const [i, term] of phrase.entries()) if (stem(tokens[at + i]?.term ?? '') !== term) return null;
  return tokens[at + phrase.length - 1]?.end ?? null;
}
