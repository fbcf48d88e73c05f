import type { Context } from '../../access/context.ts';
import { badInput } from '../../access/errors.ts';
import { signInFirst } from '../../access/viewer.ts';
import type { Connection } from '../../graphql/connections/connection.ts';
import type { SortOrder } from '../../graphql/connections/cursor.ts';
import {
  type Condition,
  countOf,
  emptyPage,
  type PageSource,
  pageOf,
} from '../../graphql/connections/page.ts';
import { type PageArgs, pageRequest } from '../../graphql/connections/page-args.ts';
import { asciiSlugOf } from '../../text/slug.ts';
import { charsOf, isOverlong } from '../../text/text-rules.ts';
import { AUTHOR_COLUMNS, type AuthorRow } from './author-reads.ts';

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

/** A name has at most as many. Longer queries can match nothing, and folding them would take time. */
const QUERY_CHARS_MAX = 100;

/**
 * A page of the authors whose handle begins with a query, in the form that handles have. Throws UNAUTHENTICATED for a
 * guest: mentions need an account, and the list of all people is not for crawlers.
 */
export async function pageAuthors(
  ctx: Context,
  query: string,
  args: PageArgs,
): Promise<Connection<AuthorRow>> {
  if (!ctx.viewer) throw signInFirst();
  const request = pageRequest(args, BY_HANDLE);
  const conditions = beginningWith(query);
  if (conditions === null) return { ...emptyPage<AuthorRow>(request), totalCount: () => 0 };
  const page = await pageOf(ctx.db, mentionable, request, conditions);
  return { ...page, totalCount: () => countOf(ctx.db, mentionable, conditions) };
}

/** The condition that a handle begins with a query. Null if no handle can. */
function beginningWith(query: string): Condition[] | null {
  if (isOverlong(query, QUERY_CHARS_MAX) || charsOf(query) > QUERY_CHARS_MAX)
    throw badInput(`\`query\` has at most ${QUERY_CHARS_MAX} characters.`, 'query');
  const text = query
    .trim()
    .replace(/^[@＠]/u, '')
    .trim();
  if (text === '') return [];
  const prefix = asciiSlugOf(text, '');
  // every handle is ASCII, and "~" follows its characters
  return prefix === ''
    ? null
    : [{ sql: 't.handle >= ? AND t.handle < ?', params: [prefix, `${prefix}~`], columns: ['handle'] }];
}
