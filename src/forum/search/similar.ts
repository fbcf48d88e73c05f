// Similar questions: titles that share the rarest parts of words. See grams.ts.
import type { Context } from '../../access/context.ts';
import { Refusal } from '../../access/errors.ts';
import { loader } from '../../graphql/loader.ts';
import { statement } from '../../store/index.ts';
import { runInTurns } from '../../text/short-work.ts';
import { gramsOf } from './grams.ts';

/** A discussion with a similar title. */
export interface SimilarRow {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly createdAt: number;
  readonly commentCount: number;
  /** From 0 to 1: how much of the titles is the same, rare parts counting more. */
  readonly similarity: number;
}

/** The newest titles with a part that are read. A part that more titles have says little about any of them. */
const TITLES_A_GRAM_MAX = 300;
/** The parts of a title, and of the beginning of a text, that are looked up. */
const TITLE_GRAMS_MAX = 80;
const BODY_GRAMS_MAX = 40;
const BODY_CHARS_MAX = 300;
/** A part of the text counts less than one of the title. */
const BODY_WEIGHT = 0.3;
/** The best titles by the sum of their parts, of which the most similar are returned. */
const COMPARED_MAX = 50;
/** How many questions are answered together, which is what a page may show. */
const QUESTIONS_MAX = 20;
/** Less similar titles have only usual words in common. */
const SIMILARITY_MIN = 0.08;

interface Posting {
  readonly gram: string;
  readonly n: number;
}

const newest = 'SELECT g.n, g.gram FROM search_gram g WHERE g.gram = p.value';
const postings = statement<Posting>(
  'search.gramPostings',
  (d) =>
    d.engine === 'sqlite'
      ? `SELECT p.value AS "gram", g.n FROM ${d.eachOf('p')} CROSS JOIN search_gram g ON g.gram = p.value AND g.n >=
          ifnull((SELECT h.n FROM search_gram h WHERE h.gram = p.value ORDER BY h.n DESC LIMIT 1 OFFSET ${TITLES_A_GRAM_MAX - 1}), -1e18)`
      : `SELECT g.gram, g.n FROM ${d.eachOf('p')} CROSS JOIN LATERAL (${newest} ORDER BY g.n DESC LIMIT ${TITLES_A_GRAM_MAX}) g`,
  { table: 'search_gram' },
);

/** As many titles count for how rare a part is: a part of TITLES_A_GRAM_MAX may be in any number of older ones. */
const TITLES_COUNTED_MAX = 2_000;
const count = statement<{ titles: number }>(
  'search.countTitles',
  `SELECT count(*) AS "titles" FROM (SELECT 1 FROM discussion m WHERE m.deleted_at IS NULL LIMIT ${TITLES_COUNTED_MAX}) m`,
  { table: 'discussion' },
);

interface TitleRow {
  readonly id: string;
  readonly n: number;
  readonly slug: string;
  readonly title: string;
  readonly createdAt: number;
  readonly commentCount: number;
}

const titles = statement<TitleRow>(
  'search.similarTitles',
  (
    d,
  ) => `SELECT d.id, e.n AS "n", d.slug, d.title, d.created_at AS "createdAt", d.comment_count AS "commentCount"
    FROM ${d.eachOf('p')} JOIN search_entry e ON e.n = CAST(p.value AS BIGINT) JOIN discussion d ON d.id = e.row_id
    WHERE d.deleted_at IS NULL`,
  { table: 'search_entry' },
  { table: 'discussion' },
);

/** What is looked for: the parts, and how much each counts. */
type Weights = ReadonlyMap<string, number>;

function weightsOf(title: string, body: string): Weights {
  const weights = new Map<string, number>();
  for (const gram of [...gramsOf(title)].slice(0, TITLE_GRAMS_MAX)) weights.set(gram, 1);
  const extra = [...gramsOf(body.slice(0, BODY_CHARS_MAX))].filter((gram) => !weights.has(gram));
  for (const gram of extra.slice(0, BODY_GRAMS_MAX)) weights.set(gram, BODY_WEIGHT);
  return weights;
}

interface Titles {
  /** The titles with each part that was looked up, by their numbers. */
  readonly byGram: Map<string, number[]>;
  /** How many titles there are, at most TITLES_COUNTED_MAX. */
  readonly count: number;
}

/**
 * Finds the discussions that are similar to each of some questions, the most similar first. Each question has a statement
 * and a turn of the event loop of its own, because it may read TITLES_A_GRAM_MAX rows for each of its parts.
 */
async function findSimilar({ db }: Context, questions: readonly Weights[]): Promise<SimilarRow[][]> {
  if (questions.length > QUESTIONS_MAX)
    throw new Refusal(
      'QUERY_TOO_COMPLEX',
      `Similar discussions are found for at most ${QUESTIONS_MAX} discussions at once, not for ${questions.length}. Request fewer.`,
    );
  const [counted] = await db.read.all(count, []);
  const known: Titles = { byGram: new Map(), count: counted?.titles ?? 0 };
  const candidates: number[][] = [];
  for (const weights of questions) {
    await readTitles(db, weights, known.byGram);
    candidates.push(await runInTurns(() => bestByParts(weights, known)));
  }
  const numbers = [...new Set(candidates.flat())];
  const rows = numbers.length === 0 ? [] : await db.read.all(titles, [numbers.map(String)]);
  const byNumber = new Map(rows.map((row) => [row.n, row]));
  return Promise.all(
    questions.map((weights, i) =>
      runInTurns(() => {
        const compared = (candidates[i] ?? []).flatMap((n) => byNumber.get(n) ?? []);
        return compared
          .map((row) => ({ ...row, similarity: similarityOf(weights, row.title, known) }))
          .filter(({ similarity }) => similarity >= SIMILARITY_MIN)
          .sort((a, b) => b.similarity - a.similarity || b.n - a.n);
      }),
    ),
  );
}

/** Adds the titles with the parts of a question that were not looked up before. */
async function readTitles(db: Context['db'], weights: Weights, to: Titles['byGram']): Promise<void> {
  const grams = [...weights.keys()].filter((gram) => !to.has(gram));
  for (const gram of grams) to.set(gram, []);
  if (grams.length === 0) return;
  for (const { gram, n } of await db.read.all(postings, [grams])) to.get(gram)?.push(n);
}

/** How rare a part is among the titles: the inverse document frequency of BM25. */
function rarityOf(gram: string, { byGram, count }: Titles): number {
  const having = byGram.get(gram)?.length ?? 0;
  return Math.log(1 + (Math.max(0, count - having) + 0.5) / (having + 0.5));
}

function bestByParts(weights: Weights, known: Titles): number[] {
  const sums = new Map<number, number>();
  for (const [gram, weight] of weights) {
    const rarity = weight * rarityOf(gram, known);
    for (const n of known.byGram.get(gram) ?? []) sums.set(n, (sums.get(n) ?? 0) + rarity);
  }
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

/** The cosine of the parts of a question and of a title, by rarity. A part that only the title has is as rare as the others on average. */
function similarityOf(weights: Weights, title: string, known: Titles): number {
  let [common, own, usual] = [0, 0, 0];
  const grams = gramsOf(title);
  for (const [gram, weight] of weights) {
    const rarity = rarityOf(gram, known);
    own += (weight * rarity) ** 2;
    usual += rarity ** 2;
    if (grams.has(gram)) common += weight * rarity ** 2;
  }
  const average = weights.size === 0 ? 0 : usual / weights.size;
  let theirs = 0;
  for (const gram of grams) theirs += weights.has(gram) ? rarityOf(gram, known) ** 2 : average;
  const similarity = own === 0 || theirs === 0 ? 0 : common / Math.sqrt(own * theirs);
  return Math.round(similarity * 1e4) / 1e4;
}

/** The discussions whose titles are similar to a question that is being written. */
export async function similarTo(
  ctx: Context,
  title: string,
  body: string,
  size: number,
): Promise<SimilarRow[]> {
  const [found = []] = await findSimilar(ctx, [weightsOf(title, body)]);
  return found.slice(0, size);
}

/** The discussions whose titles are similar to a discussion's, without itself. */
export async function loadSimilar(
  ctx: Context,
  discussion: { readonly id: string; readonly title: string },
): Promise<SimilarRow[]> {
  const key = `${discussion.id} ${discussion.title}`;
  const found = await loader<SimilarRow[]>(ctx, 'search.similarTo', (own, keys) =>
    findSimilar(
      own,
      keys.map((one) => weightsOf(one.slice(one.indexOf(' ') + 1), '')),
    ),
  ).load(key);
  return found.filter(({ id }) => id !== discussion.id);
}
