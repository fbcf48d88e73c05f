import type { Context } from '../../access/context.ts';
import type { SearchOrder, SearchType } from '../../generated/graphql.ts';
import { pageSize } from '../../graphql/connections/page-args.ts';
import { type CommentRow, loadComment } from '../comment/index.ts';
import { type DiscussionRow, loadDiscussion } from '../discussion/index.ts';
import type { Rank } from './rank.ts';
import { type RankedCandidate, readRanked } from './ranked.ts';
import { SearchCursors, type SearchPosition } from './search-cursor.ts';
import { prepareSearch, readMerged, type Search } from './search-request.ts';

export interface SearchArgs {
  readonly query: string;
  readonly type?: SearchType | null | undefined;
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly orderBy?: SearchOrder | null | undefined;
}

/** The subject of a result, and what kind it is of. */
export type Subject =
  | { readonly type: 'Discussion'; readonly row: DiscussionRow }
  | { readonly type: 'Comment'; readonly row: CommentRow };

/** A result of a search. */
export interface SearchResultRow {
  readonly id: string;
  readonly subject: Subject;
  readonly search: Search;
  readonly rank: Rank | null;
  readonly cursor: string;
}

/** A page of results as resolvers pass it on. */
export interface SearchPage {
  readonly rows: readonly SearchResultRow[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly endCursor: string | null;
  readonly text: string;
  readonly type: SearchType;
  readonly search: Search;
}

/** Searches, and returns a page of what the viewer may see. */
export async function searchPage(ctx: Context, args: SearchArgs): Promise<SearchPage> {
  const { query: text, after = null } = args;
  const [type, order] = [args.type ?? 'ALL', args.orderBy ?? 'RELEVANCE'];
  const size = pageSize(args.first, 'first');
  const cursors = new SearchCursors(text, type, order);
  const position = after === null ? null : cursors.decode(after);
  const search = await prepareSearch(ctx, text, type);
  const { rows, newest, end } =
    order === 'RELEVANCE'
      ? await readRanked(ctx, search, size, position)
      : await readByTime(ctx, search, size, position, order === 'OLDEST');
  const subjects = await Promise.all(rows.map((row) => subjectOf(ctx, row)));
  const results = rows.flatMap((row, i): SearchResultRow[] => {
    const subject = subjects[i];
    // it may have been deleted since the first statement
    if (!subject) return [];
    const { id, n, rank } = row;
    return [{ id, subject, search, rank, cursor: cursors.encode({ newest, rank: rank?.value ?? null, n }) }];
  });
  return {
    ...{ rows: results, text, type, search },
    hasNextPage: end !== null,
    hasPreviousPage: after !== null,
    endCursor: end === null ? (results.at(-1)?.cursor ?? null) : cursors.encode(end),
  };
}

interface Ranked {
  readonly rows: readonly RankedCandidate[];
  readonly newest: number;
  readonly end: SearchPosition | null;
}

async function readByTime(
  ctx: Context,
  search: Search,
  size: number,
  after: SearchPosition | null,
  ascending: boolean,
): Promise<Ranked> {
  const { rows, end } = await readMerged(ctx, search, { size, ascending, beyond: after?.n ?? null });
  return {
    rows: rows.map((row) => ({ ...row, rank: null })),
    newest: 0,
    end: end === null ? null : { newest: 0, rank: null, n: end },
  };
}

async function subjectOf(ctx: Context, { id, discussionId }: RankedCandidate): Promise<Subject | null> {
  if (id === discussionId) {
    const row = await loadDiscussion(ctx, id);
    return row && { type: 'Discussion', row };
  }
  const row = await loadComment(ctx, id);
  return row?.deletedAt === null ? { type: 'Comment', row } : null;
}
