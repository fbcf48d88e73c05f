// "Did you mean": a query without results, with its unknown words replaced by words of texts that anyone may see.
import type { Context } from '../../access/context.ts';
import type { SearchType } from '../../generated/graphql.ts';
import { endOfPrefix, statement } from '../../store/index.ts';
import { IDS_ALONE } from './candidate-statements.ts';
import { editDistance } from './edit-distance.ts';
import { reversed } from './index-words.ts';
import { wantedLeaves } from './leaves.ts';
import type { Leaf, Matcher } from './query.ts';
import { prepareSearch, readKinds, type Search } from './search-request.ts';
import { isUnspaced } from './tokens.ts';

const REPLACED_MAX = 3;
const WORD_UNITS_MIN = 4;
/** Words that are compared at each end. */
const COMPARED_MAX = 400;
/** Similar words that are looked for among visible texts. */
const TRIED_MAX = 5;
/** Texts with a word that are counted, to prefer the more usual one of words that are equally similar. */
const COUNTED_MAX = 50;

const neighbours = statement<{ word: string }>(
  'search.neighbours',
  `SELECT DISTINCT w.word AS "word" FROM search_word w WHERE w.word >= ? AND w.word < ? ORDER BY w.word LIMIT ${COMPARED_MAX}`,
  { table: 'search_word' },
);

/**
 * The query with similar words. Null if there are none, if they have no results either, or if the query has phrases or
 * exclusions.
 */
export async function suggestionFor(
  ctx: Context,
  text: string,
  type: SearchType,
  search: Search,
): Promise<string | null> {
  const { matcher, except } = search.query;
  if (except !== null || (matcher !== null && isStrict(matcher))) return null;
  const words = (matcher === null ? [] : wantedLeaves(matcher)).filter(isPlainWord).slice(0, TERMS_TRIED_MAX);
  const known = await Promise.all(words.map(({ terms }) => countVisible(ctx, terms[0] ?? '')));
  const unknown = words.filter((_, i) => known[i] === 0).slice(0, REPLACED_MAX);
  const similar = await Promise.all(unknown.map((leaf) => similarWord(ctx, leaf.terms[0] ?? '')));
  let suggestion = text;
  // from the end, so that the places of the other words stay
  for (const [i, { start, end }] of [...unknown.entries()].sort(([, a], [, b]) => b.start - a.start)) {
    const word = similar[i];
    if (word) suggestion = suggestion.slice(0, start) + word + suggestion.slice(end);
  }
  if (suggestion === text) return null;
  // with a blank at its end, its last word is not taken for an incomplete one
  const again = await prepareSearch(ctx, `${suggestion} `, type);
  const found = await readKinds(ctx, again, {
    columns: IDS_ALONE,
    kinds: [...again.places.keys()],
    limit: 1,
  });
  return found.some(({ rows }) => rows.length > 0) ? suggestion : null;
}

/** Whether there are phrases or exclusions, which may be why there are no results. */
function isStrict(node: Matcher): boolean {
  if (node.kind === 'leaf')
    return node.terms.length > 1 && node.joined === null && !isUnspaced(node.terms[0] ?? '');
  return (node.kind === 'all' && node.except.length > 0) || node.nodes.some(isStrict);
}

/** How many words of a query are looked up. */
const TERMS_TRIED_MAX = 8;

/** A word that stands alone in the query, without a minus in front of it or a star behind it. */
function isPlainWord({ terms: [term = '', ...more], start, end, joined }: Leaf): boolean {
  if (more.length > 0 || joined !== null || term.length < WORD_UNITS_MIN || isUnspaced(term)) return false;
  return /^\p{L}+$/u.test(term) && end - start === term.length;
}

/** The number of visible texts with a word, at most COUNTED_MAX. */
async function countVisible(ctx: Context, word: string): Promise<number> {
  const search = await prepareSearch(ctx, `"${word}"`, 'ALL');
  const kinds = [...search.places.keys()];
  const found = await readKinds(ctx, search, { columns: IDS_ALONE, kinds, limit: COUNTED_MAX });
  return Math.min(
    COUNTED_MAX,
    found.reduce((sum, { rows }) => sum + rows.length, 0),
  );
}

/**
 * The most similar word that is in a visible text. A misspelled word is right at its start or at its end, so only words
 * with the same start or the same end are compared.
 */
async function similarWord(ctx: Context, term: string): Promise<string | null> {
  const half = Math.max(1, Math.floor((term.length - 1) / 2));
  const starts = [term.slice(0, half), reversed(term).slice(0, half + 1)];
  const ranges = starts.map((start) => ctx.db.read.all(neighbours, [start, endOfPrefix(start)]));
  const [before = [], behind = []] = await Promise.all(ranges);
  const words = new Set([
    ...before.map(({ word }) => word),
    ...behind.map(({ word }) => [...word.slice(1)].reverse().join('')),
  ]);
  const max = term.length < 6 ? 1 : 2;
  const near = [...words]
    .map((word) => ({ word, distance: editDistance(term, word, max) }))
    .filter(({ distance }) => distance > 0 && distance <= max)
    .sort((a, b) => a.distance - b.distance || (a.word < b.word ? -1 : 1))
    .slice(0, TRIED_MAX);
  const counted = await Promise.all(
    near.map(async ({ word, distance }) => ({ word, distance, count: await countVisible(ctx, word) })),
  );
  const [best] = counted
    .filter(({ count }) => count > 0)
    .sort((a, b) => a.distance - b.distance || b.count - a.count || (a.word < b.word ? -1 : 1));
  return best?.word ?? null;
}
