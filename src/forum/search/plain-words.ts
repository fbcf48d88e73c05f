// Finds plain words in texts of ASCII without splitting these into tokens, several times as fast.
import { JOINED_PARTS_MAX, JOINED_UNITS_MAX } from './tokens.ts';

/** A term that is found so. Longer words are looked up by their start. */
export const PLAIN = /^[a-z0-9]{1,63}$/;
const ASCII = /^[\0-\x7f]*$/;
/** The marks between the parts of a word that ASCII has. */
const JOINERS = ['-', '.', "'", '_'] as const;
/** Parts of which one may end with the signs of `C++`, which belong to the word then. */
const SIGNS_IN_PARTS = /[+#][-.'_][a-z0-9]|[-.'_][a-z0-9]+[+#]/i;
/** Signs that make another word of the one before them. */
const SIGNS_AFTER = /\+\+(?![a-z+#])|#(?![a-z0-9+#])/y;

/** Whether plain words are found in a text without its tokens. */
export function isPlainText(text: string): boolean {
  if (!ASCII.test(text)) return false;
  return !(text.includes('+') || text.includes('#')) || !SIGNS_IN_PARTS.test(text);
}

/** Where a word begins in a folded text, between characters that belong to no word. */
export function startsOf(folded: string, word: string): number[] {
  const starts: number[] = [];
  for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length))
    if (!isOfWord(folded, at - 1) && isEnd(folded, at + word.length)) starts.push(at);
  return starts;
}

function isOfWord(folded: string, at: number): boolean {
  const code = folded.charCodeAt(at);
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
}

function isEnd(folded: string, at: number): boolean {
  const code = folded.charCodeAt(at);
  if (code !== 0x2b && code !== 0x23) return !isOfWord(folded, at);
  SIGNS_AFTER.lastIndex = at;
  return !SIGNS_AFTER.test(folded);
}

/** A word that is written in parts. */
interface JoinedWord {
  readonly term: string;
  readonly start: number;
  readonly end: number;
}

/** The words of a folded text that are written in parts, with these as one term: what joinedOf finds in its tokens. */
export function joinedWords(folded: string): readonly JoinedWord[] {
  const found: JoinedWord[] = [];
  for (const joiner of JOINERS)
    for (let at = folded.indexOf(joiner); at >= 0; at = folded.indexOf(joiner, at + 1)) {
      const word = isOfWord(folded, at - 1) && isOfWord(folded, at + 1) ? joinedAt(folded, at) : null;
      if (word) found.push(word);
    }
  return found;
}

/** The word whose first mark is at a place. Null if another one is before it, or if it has no term of its own. */
function joinedAt(folded: string, mark: number): JoinedWord | null {
  let start = mark - 1;
  while (isOfWord(folded, start - 1)) start--;
  if (isJoiner(folded.charAt(start - 1)) && isOfWord(folded, start - 2)) return null;
  let term = folded.slice(start, mark);
  let [end, parts] = [mark, 1];
  for (; isJoiner(folded.charAt(end)) && isOfWord(folded, end + 1); parts++) {
    const from = end + 1;
    for (end = from; isOfWord(folded, end); ) end++;
    term += folded.slice(from, end);
    if (parts === JOINED_PARTS_MAX || term.length > JOINED_UNITS_MAX) return null;
  }
  return { term, start, end };
}

const isJoiner = (char: string) => (JOINERS as readonly string[]).includes(char);
