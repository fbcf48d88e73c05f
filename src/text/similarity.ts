/** Characters that tell one text from another. */
const START_CHARS = 200;

/**
 * The start of a text as a key: its first letters and digits, in lower case. Equal for texts that differ in spacing,
 * punctuation and markup alone.
 */
export function startOfText(text: string): string {
  const plain = text
    .slice(0, 4 * START_CHARS)
    .normalize('NFKC')
    .toLowerCase();
  return (plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ').slice(0, START_CHARS).toWellFormed();
}

/** The length from which the start of a longer text is no coincidence. */
const PREFIX_CHARS_MIN = 10;

/**
 * How similar the starts of two texts are, from 0 to 1: the share of their pairs of characters that both have. 1 if a
 * text was continued.
 */
export function similarity(one: string, other: string): number {
  const [a, b] = [startOfText(one), startOfText(other)];
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (a === b || (short.length >= PREFIX_CHARS_MIN && long.startsWith(short))) return 1;
  const pairs = new Map<string, number>();
  for (let i = 1; i < a.length; i++) count(pairs, a.slice(i - 1, i + 1), 1);
  let common = 0;
  for (let i = 1; i < b.length; i++) {
    const pair = b.slice(i - 1, i + 1);
    if ((pairs.get(pair) ?? 0) === 0) continue;
    count(pairs, pair, -1);
    common++;
  }
  return (2 * common) / Math.max(1, a.length + b.length - 2);
}

function count(pairs: Map<string, number>, pair: string, by: number): void {
  pairs.set(pair, (pairs.get(pair) ?? 0) + by);
}
