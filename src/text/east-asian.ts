import type { MarkdownIt } from 'markdown-it';

/** Characters of scripts that are written without blanks between words, with their punctuation. */
export const EAST_ASIAN =
  '\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Hangul}\\p{scx=Bopomofo}\\u3000-\\u303F\\uFF00-\\uFFEF';
const IS_EAST_ASIAN = new RegExp(`[${EAST_ASIAN}]`, 'u');
const STAR = 0x2a;
const TILDE = 0x7e;

/**
 * Makes emphasis work beside Chinese, Japanese and Korean. CommonMark closes `**` after punctuation only before a blank
 * or more punctuation, and `**「重要」**です` has neither. Beside these scripts, their punctuation counts as letters, and
 * other punctuation may touch them.
 */
export function allowEastAsianEmphasis(markdown: MarkdownIt): void {
  const Standard = markdown.inline.State;
  markdown.inline.State = class extends Standard {
    override scanDelims(start: number, canSplitWord: boolean) {
      const scanned = super.scanDelims(start, canSplitWord);
      const marker = this.src.charCodeAt(start);
      if (marker !== STAR && marker !== TILDE) return scanned;
      const end = start + scanned.length;
      const before = start === 0 ? '' : this.src.slice(Math.max(0, start - 2), start);
      const last = [...before].at(-1) ?? ' ';
      const next = end < this.posMax ? String.fromCodePoint(this.src.codePointAt(end) ?? 0x20) : ' ';
      if (!IS_EAST_ASIAN.test(last) && !IS_EAST_ASIAN.test(next)) return scanned;
      return {
        ...scanned,
        can_open: scanned.can_open || opens(last, next),
        can_close: scanned.can_close || opens(next, last),
      };
    }
  };
}

/** Whether a marker between these characters may open emphasis before `inner`. */
function opens(outer: string, inner: string): boolean {
  if (/\s/.test(inner)) return false;
  return !isPunctuation(inner) || /\s/.test(outer) || isPunctuation(outer) || IS_EAST_ASIAN.test(outer);
}

function isPunctuation(char: string): boolean {
  return /[\p{P}\p{S}]/u.test(char) && !IS_EAST_ASIAN.test(char);
}
