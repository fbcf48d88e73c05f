// Titles as parts of words, by which questions are found that say the same in other forms of the words.
import { fold } from './fold.ts';
import { isUnspaced, tokensOf } from './tokens.ts';

const GRAM_CHARS = 4;

/**
 * The parts of a text: each four letters in a row of a word between two blanks, and the pairs of characters of scripts
 * without blanks. Each once.
 */
export function gramsOf(text: string): Set<string> {
  const grams = new Set<string>();
  for (const { term } of tokensOf(fold(text))) {
    if (isUnspaced(term)) {
      grams.add(term);
      continue;
    }
    const word = [...` ${term} `];
    if (word.length <= GRAM_CHARS) grams.add(word.join(''));
    for (let i = 0; i + GRAM_CHARS <= word.length; i++) grams.add(word.slice(i, i + GRAM_CHARS).join(''));
  }
  return grams;
}
