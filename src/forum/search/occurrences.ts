// Where the words of a query are in a text, for ranking and for excerpts.
import { type Completions, isOneCharacter, phrasesOf } from './match.ts';
import type { Leaf } from './query.ts';
import { joinedOf, type Token, tokensOf } from './tokens.ts';

/** A place in a text where a leaf of the query is. Offsets are UTF-16 units. */
export interface Occurrence {
  /** Which of the leaves. */
  readonly leaf: number;
  readonly start: number;
  readonly end: number;
}

/** Finds the leaves of one query in texts. */
export class Finder {
  /** The phrases that begin with a term, with the leaf that they stand for. */
  readonly #byFirst = new Map<string, { readonly leaf: number; readonly phrase: readonly string[] }[]>();
  /** Single characters of scripts without blanks. */
  readonly #characters: (readonly [char: string, leaf: number])[] = [];
  readonly size: number;

  constructor(leaves: readonly Leaf[], completions: Completions) {
    this.size = leaves.length;
    for (const [index, leaf] of leaves.entries()) {
      if (isOneCharacter(leaf)) this.#characters.push([leaf.terms[0] ?? '', index]);
      else for (const phrase of phrasesOf(leaf, completions)) this.#add(index, phrase);
    }
  }

  #add(leaf: number, phrase: readonly string[]): void {
    const [first = ''] = phrase;
    const known = this.#byFirst.get(first) ?? [];
    this.#byFirst.set(first, [...known, { leaf, phrase }]);
  }

  /** The occurrences in a text, in the order of their starts. */
  in(text: string, tokens: readonly Token[] = tokensOf(text)): Occurrence[] {
    const found: Occurrence[] = [];
    for (const [at, { term, start }] of tokens.entries()) {
      for (const { leaf, phrase } of this.#byFirst.get(term) ?? []) {
        const end = endOf(tokens, at, phrase);
        if (end !== null) found.push({ leaf, start, end });
      }
    }
    for (const { term, from, to } of joinedOf(text, tokens))
      for (const { leaf, phrase } of this.#byFirst.get(term) ?? [])
        if (phrase.length === 1)
          found.push({ leaf, start: tokens[from]?.start ?? 0, end: tokens[to - 1]?.end ?? 0 });
    for (const [char, leaf] of this.#characters)
      for (let start = text.indexOf(char); start >= 0; start = text.indexOf(char, start + 1))
        found.push({ leaf, start, end: start + char.length });
    return found.sort((a, b) => a.start - b.start || b.end - a.end);
  }
}

function endOf(tokens: readonly Token[], at: number, phrase: readonly string[]): number | null {
  for (const [i, term] of phrase.entries()) if (tokens[at + i]?.term !== term) return null;
  return tokens[at + phrase.length - 1]?.end ?? null;
}
