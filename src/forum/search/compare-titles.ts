// How similar titles are: they share the rarest parts of words, or words that are used for each other.
import { gramsOf } from './grams.ts';
import { synonymsOf } from './synonyms.ts';

/** The parts of a title, and of the beginning of a text, that are looked up. */
const TITLE_GRAMS_MAX = 80;
const BODY_GRAMS_MAX = 40;
const BODY_CHARS_MAX = 300;
/** A part of the text counts less than one of the title. */
const BODY_WEIGHT = 0.3;
/** The groups of synonyms of a title that are looked up. */
const SYNONYMS_MAX = 20;
/** What two words of one group count, in parts that are as rare as the group. Chosen by public sets: see docs/search.md. */
const SYNONYM_WEIGHT = 2;
/** The best titles by the sum of their parts, of which the most similar are returned. */
const COMPARED_MAX = 50;

/** What is looked for. */
export interface Question {
  /** The parts of its words, and how much each counts. */
  readonly parts: ReadonlyMap<string, number>;
  readonly synonyms: ReturnType<typeof synonymsOf>;
}

/** A title, and the text below it. */
export function questionOf(title: string, body: string): Question {
  const parts = new Map<string, number>();
  for (const gram of [...gramsOf(title)].slice(0, TITLE_GRAMS_MAX)) parts.set(gram, 1);
  const extra = [...gramsOf(body.slice(0, BODY_CHARS_MAX))].filter((gram) => !parts.has(gram));
  for (const gram of extra.slice(0, BODY_GRAMS_MAX)) parts.set(gram, BODY_WEIGHT);
  return { parts, synonyms: new Map([...synonymsOf(title)].slice(0, SYNONYMS_MAX)) };
}

/** What was read of the titles. */
export interface Titles {
  /** The titles with each part that was looked up, by their numbers. */
  readonly byGram: Map<string, number[]>;
  /** How many titles there are, at most a few thousand. */
  readonly count: number;
}

/** How rare a part is among the titles: the inverse document frequency of BM25. */
function rarityOf(gram: string, { byGram, count }: Titles): number {
  const having = byGram.get(gram)?.length ?? 0;
  return Math.log(1 + (Math.max(0, count - having) + 0.5) / (having + 0.5));
}

/** The numbers of the best titles by the sum of what they share with a question, the best first. */
export function bestByParts({ parts, synonyms }: Question, known: Titles): number[] {
  const sums = new Map<number, number>();
  const add = (gram: string, weight: number) => {
    const rarity = weight * rarityOf(gram, known);
    for (const n of known.byGram.get(gram) ?? []) sums.set(n, (sums.get(n) ?? 0) + rarity);
  };
  for (const [gram, weight] of parts) add(gram, weight);
  for (const group of synonyms.keys()) add(group, 1);
  return best(sums);
}

/** The numbers with the largest sums, the newest of equal ones. Few are sorted, however many there are. */
function best(sums: ReadonlyMap<number, number>): number[] {
  const found: (readonly [n: number, sum: number])[] = [];
  for (const one of sums) {
    const last = found[COMPARED_MAX - 1];
    if (last && !isBefore(one, last)) continue;
    let at = found.length;
    while (at > 0 && isBefore(one, found[at - 1] as (typeof found)[number])) at--;
    found.splice(at, 0, one);
    if (found.length > COMPARED_MAX) found.pop();
  }
  return found.map(([n]) => n);
}

const isBefore = (a: readonly [number, number], b: readonly [number, number]) =>
  a[1] > b[1] || (a[1] === b[1] && a[0] > b[0]);

/**
 * The cosine of the parts of a question and of a title, by rarity. A part that only the title has is as rare as the others on
 * average. Synonyms add to what both have; if both have the same word, its letters have counted already.
 */
export function similarityOf({ parts, synonyms }: Question, title: string, known: Titles): number {
  let [common, own, usual] = [0, 0, 0];
  const grams = gramsOf(title);
  for (const [gram, weight] of parts) {
    const rarity = rarityOf(gram, known);
    own += (weight * rarity) ** 2;
    usual += rarity ** 2;
    if (grams.has(gram)) common += weight * rarity ** 2;
  }
  const average = parts.size === 0 ? 0 : usual / parts.size;
  let theirs = 0;
  for (const gram of grams) theirs += parts.has(gram) ? rarityOf(gram, known) ** 2 : average;
  const words = synonymsOf(title);
  for (const [group, asked] of synonyms)
    if (words.has(group) && !words.get(group)?.some((word) => asked.includes(word)))
      common += SYNONYM_WEIGHT * rarityOf(group, known) ** 2;
  const similarity = own === 0 || theirs === 0 ? 0 : Math.min(1, common / Math.sqrt(own * theirs));
  return Math.round(similarity * 1e4) / 1e4;
}
