import type { Context } from '../../access/context.ts';
import { endOfPrefix, statement } from '../../store/index.ts';
import type { Completions } from './match.ts';
import type { Leaf } from './query.ts';

/** A word of one letter stands only for itself. */
const PREFIX_UNITS_MIN = 2;
/** The words that stand for an incomplete one: the shortest of those that begin with it. */
const COMPLETIONS_MAX = 24;
/** The same for all incomplete words of a query together. */
const COMPLETIONS_OF_QUERY_MAX = 96;
/** How many words that begin with it are looked at. */
const WORDS_MAX = 2_000;

const beginning = statement<{ word: string }>(
  'search.completions',
  `SELECT m.word AS "word" FROM (SELECT w.word FROM search_word w WHERE w.word > ? AND w.word < ?
    ORDER BY w.word LIMIT ${WORDS_MAX}) m ORDER BY length(m.word), m.word LIMIT ${COMPLETIONS_MAX}`,
  { table: 'search_word' },
);

/** The words that incomplete words of a query stand for. Only the last word and words with a star are incomplete. */
export async function completionsOf({ db }: Context, leaves: readonly Leaf[]): Promise<Completions> {
  const incomplete = leaves.filter(
    ({ isPrefix, terms }) => isPrefix && (terms[0]?.length ?? 0) >= PREFIX_UNITS_MIN,
  );
  const prefixes = [...new Set(incomplete.map(({ terms }) => terms[0] ?? ''))];
  const max = Math.floor(COMPLETIONS_OF_QUERY_MAX / Math.max(1, prefixes.length));
  const found = await Promise.all(
    prefixes.map(async (prefix): Promise<[string, string[]]> => {
      const words = await db.read.all(beginning, [prefix, endOfPrefix(prefix)]);
      return [prefix, words.map(({ word }) => word).slice(0, max)];
    }),
  );
  return new Map(found);
}
