import type { Context } from '../../access/context.ts';
import type { Connection } from '../../graphql/connections/connection.ts';
import { chain, type MaybePromise } from '../../graphql/execution/index.ts';
import { endOfPrefix, statement } from '../../store/index.ts';
import type { AuthorRow } from './author-reads.ts';

/** How many authors are counted. */
const COUNTED_MAX = 1000;
/** How many keys are read to count them: most authors have two, and of those often one begins with a query. */
const KEYS_MAX = 4000;

/** A page of authors, of whom no more are counted than a client can use. */
export interface AuthorPage extends Connection<AuthorRow> {
  /** Whether there are, or may be, more than `totalCount` says. */
  isTotalCountLowerBound(): MaybePromise<boolean>;
}

/** How many authors were counted, and whether all of them were. */
export interface Count {
  readonly count: number;
  /** The rows that were read for it. */
  readonly read: number;
}

const everyone = statement<Count>(
  'author.countAll',
  `SELECT count(*) AS "count", 0 AS "read" FROM
    (SELECT 1 FROM author t WHERE t.handle IS NOT NULL LIMIT ${COUNTED_MAX + 1}) r`,
  { table: 'author', columns: ['handle'] },
);

/** How many can be mentioned. */
export function countMentionable(ctx: Context): MaybePromise<readonly Count[]> {
  return ctx.db.read.all(everyone, []);
}

/** Counting authors takes half of the time that counting their first keys does. */
const authorsBetween = statement<Count>(
  'author.countByKey',
  `SELECT count(DISTINCT id) AS "count", count(*) AS "read" FROM
    (SELECT id FROM author_name_key WHERE key >= ? AND key < ? ORDER BY key, id LIMIT ${KEYS_MAX + 1}) r`,
  { table: 'author_name_key', columns: ['key'] },
);

/** How many have a key that begins with one of these. No author has keys in two of the ranges. */
export async function countByKeys(ctx: Context, prefixes: readonly string[]): Promise<readonly Count[]> {
  const counts = prefixes.map((prefix) => ctx.db.read.all(authorsBetween, [prefix, endOfPrefix(prefix)]));
  return (await Promise.all(counts)).flat();
}

/** A page with what `count` counts: once, and only if it is selected. */
export function counted(
  page: Omit<AuthorPage, 'totalCount' | 'isTotalCountLowerBound'>,
  count: () => MaybePromise<readonly Count[]>,
): AuthorPage {
  let counting: MaybePromise<readonly Count[]> | null = null;
  const counts = () => {
    counting ??= count();
    return counting;
  };
  return {
    ...page,
    totalCount: () => chain(counts(), (rows) => Math.min(sumOf(rows), COUNTED_MAX)),
    isTotalCountLowerBound: () =>
      chain(counts(), (rows) => sumOf(rows) > COUNTED_MAX || rows.some(({ read }) => read > KEYS_MAX)),
  };
}

const sumOf = (counts: readonly Count[]) => counts.reduce((sum, { count }) => sum + count, 0);
