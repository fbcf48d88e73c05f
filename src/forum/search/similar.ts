// Similar questions: discussions whose titles share parts of words or synonyms. See compare-titles.ts.
import type { Context } from '../../access/context.ts';
import { Refusal } from '../../access/errors.ts';
import { loader } from '../../graphql/loader.ts';
import { statement } from '../../store/index.ts';
import { runInTurns } from '../../text/short-work.ts';
import { bestByParts, type Question, questionOf, similarityOf, type Titles } from './compare-titles.ts';

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

/** Of the titles with a part, only the newest are read. A part that more titles have says little about any of them. */
const TITLES_A_GRAM_MAX = 300;
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

/**
 * Finds the discussions that are similar to each of some questions, the most similar first. Each question has a statement
 * and a turn of the event loop of its own, because it may read TITLES_A_GRAM_MAX rows for each of its parts.
 */
async function findSimilar({ db }: Context, questions: readonly Question[]): Promise<SimilarRow[][]> {
  if (questions.length > QUESTIONS_MAX)
    throw new Refusal(
      'QUERY_TOO_COMPLEX',
      `Similar discussions are found for at most ${QUESTIONS_MAX} discussions at once, not for ${questions.length}. Request fewer.`,
    );
  const [counted] = await db.read.all(count, []);
  const known: Titles = { byGram: new Map(), count: counted?.titles ?? 0 };
  const candidates: number[][] = [];
  for (const question of questions) {
    await readTitles(db, question, known.byGram);
    candidates.push(await runInTurns(() => bestByParts(question, known)));
  }
  const numbers = [...new Set(candidates.flat())];
  const rows = numbers.length === 0 ? [] : await db.read.all(titles, [numbers.map(String)]);
  const byNumber = new Map(rows.map((row) => [row.n, row]));
  return Promise.all(
    questions.map((question, i) =>
      runInTurns(() => {
        const compared = (candidates[i] ?? []).flatMap((n) => byNumber.get(n) ?? []);
        return compared
          .map((row) => ({ ...row, similarity: similarityOf(question, row.title, known) }))
          .filter(({ similarity }) => similarity >= SIMILARITY_MIN)
          .sort((a, b) => b.similarity - a.similarity || b.n - a.n);
      }),
    ),
  );
}

/** Adds the titles with the parts of a question that were not looked up before. */
async function readTitles(
  db: Context['db'],
  { parts, synonyms }: Question,
  to: Titles['byGram'],
): Promise<void> {
  const grams = [...parts.keys(), ...synonyms.keys()].filter((gram) => !to.has(gram));
  for (const gram of grams) to.set(gram, []);
  if (grams.length === 0) return;
  for (const { gram, n } of await db.read.all(postings, [grams])) to.get(gram)?.push(n);
}

/** The discussions whose titles are similar to a question that is being written. */
export async function similarTo(
  ctx: Context,
  title: string,
  body: string,
  size: number,
): Promise<SimilarRow[]> {
  const [found = []] = await findSimilar(ctx, [questionOf(title, body)]);
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
      keys.map((one) => questionOf(one.slice(one.indexOf(' ') + 1), '')),
    ),
  ).load(key);
  return found.filter(({ id }) => id !== discussion.id);
}
