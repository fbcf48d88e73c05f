// The beginning of a plain text, for lists.

const WORDS = new Intl.Segmenter('und', { granularity: 'word' });
const GRAPHEMES = new Intl.Segmenter('und', { granularity: 'grapheme' });
const ELLIPSIS = '…';

/**
 * The beginning of a plain text on one line, of at most `length` characters, an ellipsis included where something was cut
 * off. It is cut between words, which in Chinese or Japanese are not separated by spaces, and only a word that is
 * longer than half of it is cut itself. `isWhole`: whether `text` is all there is.
 */
export function excerptOf(text: string, length: number, isWhole: boolean): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const characters = Array.from(line);
  if (characters.length <= length) return isWhole || line === '' ? line : beginning(line, line.length);
  return beginning(line, characters.slice(0, length - 1).join('').length);
}

/** At most the first `end` code units of a line, with an ellipsis. */
function beginning(line: string, end: number): string {
  let cut = end;
  if (end < line.length) {
    cut = WORDS.segment(line).containing(end)?.index ?? end;
    if (cut < end / 2) cut = GRAPHEMES.segment(line).containing(end)?.index ?? end;
  }
  return line.slice(0, cut).trimEnd() + ELLIPSIS;
}
