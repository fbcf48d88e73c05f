// Texts as tokens, the same for both engines: neither engine's own parser sees a text or a query.
import { fold } from './fold.ts';

/** A word of a text, or two neighbouring characters of a script without blanks. Offsets are UTF-16 units of the text. */
export interface Token {
  readonly term: string;
  readonly start: number;
  readonly end: number;
}

/** The longest token in UTF-16 units. A longer word is indexed, and looked up, by its start. */
const TERM_UNITS_MAX = 64;
/** Scripts that are written without blanks, or whose words are joined to what follows. */
const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Bopomofo}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}々〆ー';
/**
 * An unspaced run, an emoji, or a word with the signs that end names of languages (C++, C#). Joiners, skin tones and
 * variation selectors belong to no token, so that 👍🏽 is found by 👍.
 */
const TOKEN = new RegExp(
  `([${UNSPACED}]+)|\\p{RI}\\p{RI}|\\p{Extended_Pictographic}|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}])+(?:\\+\\+(?![\\p{L}+#])|#(?![\\p{L}\\p{N}+#]))?`,
  'gu',
);
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]+$`, 'u');
/** Letters of their own in a token: FTS5 is told that they belong to words, and PostgreSQL gets quoted lexemes. */
const SIGNS: Readonly<Record<string, string>> = { '+': '_p', '#': '_s' };

/** The tokens of a text, in their order. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const end = endOfAsciiWord(text, at);
    if (end === at && text.charCodeAt(at) < NON_ASCII) at++;
    else if (end > at && !(text.charCodeAt(end) >= NON_ASCII)) {
      const whole = end + signsAt(text, end);
      tokens.push(wordAt(text.slice(at, whole), at));
      at = whole;
    } else at = addNext(tokens, text, at);
  }
  return tokens;
}

const NON_ASCII = 0x80;

/** Most of most texts is ASCII, and this loop reads it several times as fast as the regular expression. */
function endOfAsciiWord(text: string, start: number): number {
  let end = start;
  for (; ; end++) {
    const code = text.charCodeAt(end) | 0x20;
    if (!((code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39 && text.charCodeAt(end) >= 0x30)))
      return end;
  }
}

const SIGNS_AFTER = /\+\+(?![\p{L}+#])|#(?![\p{L}\p{N}+#])/uy;

/** The length of the signs that belong to a word: `++` and `#`. */
function signsAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code !== 0x2b && code !== 0x23) return 0;
  SIGNS_AFTER.lastIndex = at;
  return SIGNS_AFTER.exec(text)?.[0].length ?? 0;
}

/** Adds the next token from a place on, whatever its script. Returns the place after it. */
function addNext(tokens: Token[], text: string, at: number): number {
  TOKEN.lastIndex = at;
  const match = TOKEN.exec(text);
  if (!match) return text.length;
  const [whole, run] = match;
  if (run === undefined) tokens.push(wordAt(whole, match.index));
  else addPairs(tokens, run, match.index);
  return match.index + whole.length;
}

function wordAt(word: string, start: number): Token {
  const folded = fold(word);
  const term = /[+#]/.test(folded) ? folded.replaceAll(/[+#]/g, (sign) => SIGNS[sign] ?? '') : folded;
  return { term: term.length > TERM_UNITS_MAX ? startOf(term) : term, start, end: start + word.length };
}

const startOf = (term: string) => term.slice(0, TERM_UNITS_MAX).replace(/[\uD800-\uDBFF]$/, '');

/** Each character with the next one. A run of one character is a token of its own. */
function addPairs(tokens: Token[], run: string, start: number): void {
  const chars = [...run];
  let at = start;
  for (const [i, char] of chars.entries()) {
    const next = chars[i + 1];
    if (next !== undefined || i === 0)
      tokens.push({
        term: fold(char + (next ?? '')),
        start: at,
        end: at + char.length + (next?.length ?? 0),
      });
    at += char.length;
  }
}

/** Whether a term is of a script without blanks: one character, or two neighbours. */
export function isUnspaced(term: string): boolean {
  return term > '\u0e00' && IS_UNSPACED.test(term);
}

/** The prefix of terms that find one character anywhere in a text, whatever its neighbours. */
const ANYWHERE = '_';

/** The term that finds one character of an unspaced script anywhere. */
export function anywhere(char: string): string {
  return ANYWHERE + char;
}

/** Marks between two parts of one word, as in `e-mail`, `node.js`, `it's` and `foo_bar`. */
const JOINER = /^[-.'’_‐‑]$/;
export const JOINED_PARTS_MAX = 3;
/** A longer word in parts has no term of its own. */
export const JOINED_UNITS_MAX = 32;

/** A word that is written in parts, such as `node.js`, with its parts as one term, `nodejs`. */
export interface Joined {
  readonly term: string;
  /** The indexes of its first token, and of the one after its last. */
  readonly from: number;
  readonly to: number;
}

/** The words of a text that are written in two or three parts. */
export function joinedOf(text: string, tokens: readonly Token[]): Joined[] {
  const joined: Joined[] = [];
  for (let from = 0, to = 0; from < tokens.length; from = to) {
    let term = tokens[from]?.term ?? '';
    for (to = from + 1; to < tokens.length && isJoined(text, tokens[to - 1], tokens[to]); to++)
      term += tokens[to]?.term ?? '';
    const parts = to - from;
    if (parts > 1 && parts <= JOINED_PARTS_MAX && term.length <= JOINED_UNITS_MAX)
      joined.push({ term, from, to });
  }
  return joined;
}

function isJoined(text: string, one: Token | undefined, next: Token | undefined): boolean {
  if (!one || !next || next.start - one.end !== 1 || isUnspaced(one.term)) return false;
  return JOINER.test(text.charAt(one.end));
}
