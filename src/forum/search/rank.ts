// The formula of relevance. Its parts are BM25's (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009):
// a word counts less the more of the ranked texts have it, and less with each repetition, and less in a longer text.
// Words of a title count as if they were repeated in the text (BM25F). Newer texts get up to a fifth more.

/** What is known of a text: how often each word of the query is in its title and in its text. */
export interface RankedText {
  /** How old the text was when the search began, in days. */
  readonly ageDays: number;
  readonly inTitle: readonly number[];
  readonly inBody: readonly number[];
  /** About the number of words in title and text. */
  readonly length: number;
}

/** A text's rank, and what it was computed from. */
export interface Rank {
  readonly value: number;
  readonly text: RankedText;
  /** Of each word of the query. */
  readonly rarities: readonly number[];
}

/** How fast repetitions lose their weight, and how much the length counts: the usual values. */
const K = 1.2;
const B = 0.75;
/** A text of this many words is neither long nor short. A constant, so that the value depends on no other text's length. */
const USUAL_LENGTH = 80;
/** A word in the title counts as this many in the text. */
const TITLE_WEIGHT = 3;
const FRESHNESS = 0.2;
const FRESHNESS_HALF_LIFE_DAYS = 365;

export const FORMULA = `(1 + ${FRESHNESS} · 2^(-ageDays / ${FRESHNESS_HALF_LIFE_DAYS})) · Σ over words: rarity · ${K + 1} · f / (f + ${K} · (${1 - B} + ${B} · length / ${USUAL_LENGTH})), with f = ${TITLE_WEIGHT} · inTitle + inBody`;

/** For each word how rare it is among the ranked texts. A word that all of them have still counts a little. */
export function raritiesOf(texts: readonly RankedText[], words: number): number[] {
  const rarities: number[] = [];
  for (let word = 0; word < words; word++) {
    let having = 0;
    for (const text of texts) if (frequencyOf(text, word) > 0) having++;
    rarities.push(Math.log(1 + (texts.length - having + 0.5) / (having + 0.5)) + 0.1);
  }
  return rarities;
}

const frequencyOf = ({ inTitle, inBody }: RankedText, word: number) =>
  TITLE_WEIGHT * (inTitle[word] ?? 0) + (inBody[word] ?? 0);

/** The rank of a text. Rounded, so that both engines and all processors agree on it. */
export function rankOf(text: RankedText, rarities: readonly number[]): Rank {
  const { ageDays, length } = text;
  const damping = K * (1 - B + (B * length) / USUAL_LENGTH);
  let sum = 0;
  for (let word = 0; word < rarities.length; word++) {
    const frequency = frequencyOf(text, word);
    sum += ((rarities[word] ?? 0) * (K + 1) * frequency) / (frequency + damping);
  }
  const freshness = 1 + FRESHNESS * 2 ** (-ageDays / FRESHNESS_HALF_LIFE_DAYS);
  return { value: rounded(freshness * sum), text, rarities };
}

/** The values in the formula, by the names that it gives them. */
export function inputsOf({ text, rarities }: Rank): { name: string; value: number }[] {
  return [
    { name: 'ageDays', value: rounded(text.ageDays) },
    { name: 'length', value: text.length },
    ...rarities.flatMap((rarity, word) => [
      { name: `rarity of word ${word + 1}`, value: rounded(rarity) },
      { name: `inTitle of word ${word + 1}`, value: text.inTitle[word] ?? 0 },
      { name: `inBody of word ${word + 1}`, value: text.inBody[word] ?? 0 },
    ]),
  ];
}

const rounded = (value: number) => Math.round(value * 1e6) / 1e6;
