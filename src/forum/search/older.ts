// The results that are too old to be ranked.
import type { Context } from '../../access/context.ts';
import { allOf, chain, type MaybePromise } from '../../graphql/execution/index.ts';
import { type Candidate, IDS_ALONE, type Kind } from './candidate-statements.ts';
import { merge, readKinds, type Search, timeReaderOf } from './search-request.ts';
import { readByTime, type TimePage, type TimePosition, type TimeReader } from './time-order.ts';

/** The newest discussions with the words in the title are ranked, of whatever age. They are not shown again here. */
export const RANKED_TITLES_MAX = 100;

/** The matches beyond the numbers at which the window of each kind ends, newest first, without those that are ranked. */
export function readOlder(
  ctx: Context,
  search: Search,
  ends: ReadonlyMap<Kind, number>,
  after: TimePosition | null,
  size: number,
  ranked: readonly Candidate[],
): MaybePromise<TimePage> {
  if (ends.size === 0) return { rows: [], end: null };
  // a page that ends with the ranked ones, and so begins with them, says where the older ones begin
  if (size === 0) return { rows: [], end: { n: Math.max(...ends.values()), to: null, key: null } };
  const isRanked = new Set(ranked.map(({ id }) => id));
  const read: TimeReader['read'] = (beyond, to, count) => {
    const reading = { columns: IDS_ALONE, to, limit: count + 1 + RANKED_TITLES_MAX };
    const readings = [...ends].map(([kind, end]) => {
      const from = beyond === null ? end : Math.min(beyond, end);
      return readKinds(ctx, search, { ...reading, kinds: [kind], beyond: from });
    });
    return chain(allOf(readings), (all) => {
      const found = all
        .flat()
        .map(({ rows, end }) => ({ rows: rows.filter(({ id }) => !isRanked.has(id)), end }));
      return merge(found, count, false);
    });
  };
  return readByTime({ ...timeReaderOf(ctx, search, false), read }, size, after);
}
