const FACTORS: Readonly<Record<string, number>> = {
  k: 1_000,
  m: 1_000_000,
  千: 1_000,
  万: 10_000,
  萬: 10_000,
};
/** Dashes and the minus sign. */
const MINUS = /^[-−–—﹣－]/;
const WRITTEN =
  /^(?<digits>\d{1,3}(?:[,'’ _]\d{3})+|\d{1,12})(?:[.,](?<fraction>\d{1,3}))? ?(?<factor>[km千万萬])?(?: ?\(?(?:net |up)?(?:votes?|points?|upvotes?|likes?|karma|pts|comments?|replies|reply|answers?)\)?)?$/i;

/**
 * A whole number as people and programs write it: "1,204", "1.2k", "12 votes", "–3". Null if the text is none, or if it
 * can be read in two ways.
 */
export function readWrittenNumber(text: string): number | null {
  const plain = text.normalize('NFKC').replaceAll(/\s+/g, ' ').trim();
  const isNegative = MINUS.test(plain);
  const match = WRITTEN.exec(plain.replace(/^[-−–—+] ?/, ''));
  if (!match?.groups) return null;
  const { digits = '', fraction, factor } = match.groups;
  // "1.204" may mean either
  if (fraction !== undefined && factor === undefined) return null;
  const number = Number(`${digits.replaceAll(/\D/g, '')}.${fraction ?? '0'}`);
  const value = Math.round(number * (FACTORS[factor?.toLowerCase() ?? ''] ?? 1));
  return isNegative && value !== 0 ? -value : value;
}
