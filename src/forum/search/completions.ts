import type { Context } from '../../access/context.ts';
import { allOf, chain, type MaybePromise } from '../../graphql/execution/index.ts';
import { endOfPrefix, statement } from '../../store/index.ts';
import { type Completions, prefixOf } from './match.ts';
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
  `SELECT m.word AS "word" FROM (SELECT DISTINCT w.word FROM search_word w WHERE w.word > ? AND w.word < ?
    ORDER BY w.word LIMIT ${WORDS_MAX}) m ORDER BY length(m.word), m.word LIMIT ${COMPLETIONS_MAX}`,
  { table: 'search_word' },
);

/** The words that incomplete words of a query stand for. Only the last word and words with a star are incomplete. */
export function completionsOf({ db }: Context, leaves: readonly Leaf[]): MaybePromise<Completions> {
  const incomplete = leaves.filter((leaf) => leaf.isPrefix && prefixOf(leaf).length >= PREFIX_UNITS_MIN);
  const prefixes = [...new Set(incomplete.map(prefixOf))];
  const max = Math.floor(COMPLETIONS_OF_QUERY_MAX / Math.max(1, prefixes.length));
  const found = prefixes.map((prefix) => db.read.all(beginning, [prefix, endOfPrefix(prefix)]));
  return chain(
    allOf(found),
    (lists) =>
      new Map(
        lists.map((words, i) => [prefixes[i] ?? '', words.slice(0, max).map(({ word }) => word)] as const),
      ),
  );
}
