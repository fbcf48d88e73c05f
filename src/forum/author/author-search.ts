import type { Context } from '../../access/context.ts';
import { badInput } from '../../access/errors.ts';
import { signInFirst } from '../../access/viewer.ts';
import type { Connection } from '../../graphql/connections/connection.ts';
import type { SortOrder } from '../../graphql/connections/cursor.ts';
import { type Condition, emptyPage, type PageSource, pageOf } from '../../graphql/connections/page.ts';
import { type PageArgs, pageRequest } from '../../graphql/connections/page-args.ts';
import { chain, type MaybePromise } from '../../graphql/execution/index.ts';
import { endOfPrefix, statement } from '../../store/index.ts';
import { charsOf, isOverlong } from '../../text/text-rules.ts';
import { AUTHOR_COLUMNS, type AuthorRow, loadAuthor } from './author-reads.ts';
import { nameForm } from './name-keys.ts';

/** Authors who can be mentioned. */
const mentionable: PageSource<AuthorRow> = {
  name: 'author',
  table: 'author',
  columns: AUTHOR_COLUMNS,
  listed: 't.handle IS NOT NULL',
  listedBy: { columns: ['handle'] },
};

/** The unique index author(handle). Both engines compare bytes. */
const BY_HANDLE: SortOrder = {
  ...{ name: 'HANDLE', column: 'handle', property: 'handle', ascending: true, kind: 'text' },
};

interface KeyRow {
  /** The author's. */
  readonly id: string;
  readonly key: string;
}

const nameKeys: PageSource<KeyRow> = {
  name: 'author name key',
  table: 'author_name_key',
  columns: ['id', 'key'],
  listed: 'true',
  listedBy: {},
};

/** The primary key of author_name_key. */
const BY_KEY: SortOrder = {
  ...{ name: 'MATCH', column: 'key', property: 'key', ascending: true, kind: 'text' },
};

/** How many authors are counted. */
const COUNTED_MAX = 1000;
/** How many keys are read to count them: most authors have two, and of those often one begins with a query. */
const KEYS_MAX = 4000;

/** A page of authors, of whom no more are counted than a client can use. */
export interface AuthorPage extends Connection<AuthorRow> {
  /** Whether there are, or may be, more than `totalCount` says. */
  isTotalCountLowerBound(): MaybePromise<boolean>;
}

/** A name has at most as many. Longer queries can match nothing, and folding them would take time. */
const QUERY_CHARS_MAX = 100;

/**
 * A page of the authors whose handle, or whose name from one of its words on, begins with a query, in the form that
 * handles have. Throws UNAUTHENTICATED for a guest: mentions need an account, and the list of all people is not for
 * crawlers.
 */
export async function pageAuthors(ctx: Context, query: string, args: PageArgs): Promise<AuthorPage> {
  if (!ctx.viewer) throw signInFirst();
  const text = checkedQuery(query);
  if (text === '') {
    const page = await pageOf(ctx.db, mentionable, pageRequest(args, BY_HANDLE), []);
    return counted(page, () => ctx.db.read.all(everyone, []));
  }
  const request = pageRequest(args, BY_KEY);
  const prefix = nameForm(text);
  if (prefix === '') return counted(emptyPage<AuthorRow>(request), () => []);
  const conditions = beginningWith(prefix);
  const page = await pageOf(ctx.db, nameKeys, request, conditions);
  const rows = await withAuthors(ctx, page.rows);
  return counted({ ...page, rows }, () => ctx.db.read.all(authorsBetween, [prefix, endOfPrefix(prefix)]));
}

/** The query without the "@" of a mention. */
function checkedQuery(query: string): string {
  if (isOverlong(query, QUERY_CHARS_MAX) || charsOf(query) > QUERY_CHARS_MAX)
    throw badInput(`\`query\` has at most ${QUERY_CHARS_MAX} characters.`, 'query');
  return query
    .trim()
    .replace(/^[@＠]/u, '')
    .trim();
}

/** The first key of each author that begins with a prefix. */
function beginningWith(prefix: string): Condition[] {
  const params = [prefix, endOfPrefix(prefix), prefix];
  const isFirst = `NOT EXISTS (SELECT 1 FROM author_name_key o WHERE o.id = t.id AND o.key >= ? AND o.key < t.key)`;
  return [
    {
      sql: `t.key >= ? AND t.key < ? AND ${isFirst}`,
      params,
      columns: ['key'],
      reads: [{ table: 'author_name_key', columns: ['key'] }],
    },
  ];
}

/** How many authors were counted, and whether all of them were. */
interface Count {
  readonly count: number;
  /** The rows that were read for it. */
  readonly read: number;
}

const everyone = statement<Count>(
  'author.countAll',
  `SELECT count(*) AS "count", 0 AS "read" FROM
    (SELECT 1 FROM author t WHERE ${mentionable.listed} LIMIT ${COUNTED_MAX + 1}) r`,
  { table: 'author', columns: ['handle'] },
);

/** Counting authors takes half of the time that counting their first keys does. */
const authorsBetween = statement<Count>(
  'author.countByKey',
  `SELECT count(DISTINCT id) AS "count", count(*) AS "read" FROM
    (SELECT id FROM author_name_key WHERE key >= ? AND key < ? ORDER BY key, id LIMIT ${KEYS_MAX + 1}) r`,
  { table: 'author_name_key', columns: ['key'] },
);

/** A page with what `count` counts: once, and only if it is selected. */
function counted(
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
    totalCount: () => chain(counts(), ([row]) => Math.min(row?.count ?? 0, COUNTED_MAX)),
    isTotalCountLowerBound: () =>
      chain(counts(), ([row]) => row !== undefined && (row.count > COUNTED_MAX || row.read > KEYS_MAX)),
  };
}

/** The authors of keys, each with its key, of which cursors are made. */
async function withAuthors(ctx: Context, keys: readonly KeyRow[]): Promise<AuthorRow[]> {
  const found = await Promise.all(
    keys.map(async ({ id, key }) => ({ author: await loadAuthor(ctx, id), key })),
  );
  return found.flatMap(({ author, key }) => (author ? [{ ...author, key }] : []));
}
