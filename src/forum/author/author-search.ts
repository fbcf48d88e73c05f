import type { Context } from '../../access/context.ts';
import { badInput, unauthenticated } from '../../access/errors.ts';
import type { SortOrder } from '../../graphql/connections/cursor.ts';
import {
  type Condition,
  emptyPage,
  type Page,
  type PageSource,
  pageOf,
} from '../../graphql/connections/page.ts';
import { type PageArgs, type PageRequest, pageRequest } from '../../graphql/connections/page-args.ts';
import { endOfPrefix } from '../../store/index.ts';
import { charsOf, isOverlong } from '../../text/text-rules.ts';
import { AUTHOR_COLUMNS, type AuthorRow, loadAuthor } from './author-reads.ts';
import { mayFindEveryone } from './author-rules.ts';
import { type AuthorPage, countByKeys, counted, countMentionable } from './count-authors.ts';
import { nameForm, WITHOUT_HANDLE } from './name-keys.ts';

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

/** A name has at most as many. Longer queries can match nothing, and folding them would take time. */
const QUERY_CHARS_MAX = 100;

/**
 * A page of the authors whose handle, or whose name from one of its words on, begins with a query, in the form that
 * handles have. Only admins find those without a handle, after the others. Throws UNAUTHENTICATED for a guest: mentions
 * need an account, and the list of all people is not for crawlers.
 */
export async function pageAuthors(ctx: Context, query: string, args: PageArgs): Promise<AuthorPage> {
  if (!ctx.viewer) throw unauthenticated('Sign in first.');
  const text = checkedQuery(query);
  if (text === '') {
    const page = await pageOf(ctx.db, mentionable, pageRequest(args, BY_HANDLE), []);
    return counted(page, () => countMentionable(ctx));
  }
  const request = pageRequest(args, BY_KEY);
  const form = nameForm(text);
  if (form === '') return counted(emptyPage<AuthorRow>(request), () => []);
  const prefixes = mayFindEveryone(ctx.viewer) ? [form, WITHOUT_HANDLE + form] : [form];
  const page = await pageOfRanges(ctx, request, prefixes);
  const rows = await withAuthors(ctx, page.rows);
  return counted({ ...page, rows }, () => countByKeys(ctx, prefixes));
}

/** A page of the keys with each of these beginnings, in this order. A range is read for what those before it leave. */
async function pageOfRanges(
  ctx: Context,
  request: PageRequest,
  prefixes: readonly string[],
): Promise<Page<KeyRow>> {
  const pages: Page<KeyRow>[] = [];
  let size = request.size;
  for (const prefix of request.fromEnd ? prefixes.toReversed() : prefixes) {
    const page = await pageOf(ctx.db, nameKeys, { ...request, size }, beginningWith(prefix));
    pages.push(page);
    size -= page.rows.length;
    if (request.fromEnd ? page.hasPreviousPage : page.hasNextPage) break;
  }
  if (request.fromEnd) pages.reverse();
  const [first = emptyPage<KeyRow>(request), last = first] = [pages[0], pages.at(-1)];
  return {
    ...first,
    rows: pages.flatMap(({ rows }) => rows),
    hasNextPage: last.hasNextPage,
    hasPreviousPage: first.hasPreviousPage,
  };
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

/** The authors of keys, each with its key, of which cursors are made. */
async function withAuthors(ctx: Context, keys: readonly KeyRow[]): Promise<AuthorRow[]> {
  const found = await Promise.all(
    keys.map(async ({ id, key }) => ({ author: await loadAuthor(ctx, id), key })),
  );
  return found.flatMap(({ author, key }) => (author ? [{ ...author, key }] : []));
}
