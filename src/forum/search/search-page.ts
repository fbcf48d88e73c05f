import type { Context } from '../../access/context.ts';
import type { SearchOrder, SearchType } from '../../generated/graphql.ts';
import { pageSize } from '../../graphql/connections/page-args.ts';
import { allOf, chain, type MaybePromise } from '../../graphql/execution/index.ts';
import { type CommentRow, loadComment } from '../comment/index.ts';
import { type DiscussionRow, loadDiscussion } from '../discussion/index.ts';
import type { Rank } from './rank.ts';
import { type RankedCandidate, type RankedPage, readRanked, withoutRank } from './ranked.ts';
import { SearchCursors, type SearchPosition } from './search-cursor.ts';
import { prepareSearch, type Search, timeReaderOf } from './search-request.ts';
import { readByTime } from './time-order.ts';

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
  /** Its text. Null if it was not read yet, or not as a whole. */
  readonly text: string | null;
  readonly position: SearchPosition;
}

/** A page of results as resolvers pass it on. */
export interface SearchPage {
  readonly rows: readonly SearchResultRow[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Where the next page begins: of an empty page, where it began itself. Null: there are no results before it. */
  readonly end: SearchPosition | null;
  readonly cursors: SearchCursors;
  readonly text: string;
  readonly type: SearchType;
  readonly search: Search;
}

/** Searches, and returns a page of what the viewer may see. */
export function searchPage(ctx: Context, args: SearchArgs): MaybePromise<SearchPage> {
  const { query: text, after = null } = args;
  const [type, order] = [args.type ?? 'ALL', args.orderBy ?? 'RELEVANCE'];
  const size = pageSize(args.first, 'first');
  const cursors = new SearchCursors(text, type, order);
  const start = after === null ? null : cursors.decode(after);
  return chain(prepareSearch(ctx, text, type), (search) => {
    // an empty page says whether a result follows
    const read = Math.max(1, size);
    const page =
      order === 'RELEVANCE'
        ? readRanked(ctx, search, read, start)
        : readAll(ctx, search, read, start, order === 'OLDEST');
    const hasPreviousPage = after !== null;
    return chain(page, ({ rows, newest, end }): MaybePromise<SearchPage> => {
      if (size === 0) {
        const hasNextPage = rows.length > 0 || end !== null;
        return { rows: [], hasNextPage, hasPreviousPage, end: start, cursors, text, type, search };
      }
      return chain(loadSubjects(ctx, rows), (subjects): SearchPage => {
        const results: SearchResultRow[] = [];
        for (const [i, { id, position: at, rank, text: whole }] of rows.entries()) {
          const subject = subjects[i];
          // it may have been deleted since the first statement
          if (!subject) continue;
          const position = { newest, rank: rank?.value ?? null, ...at };
          results.push({ id, subject, search, rank, text: whole, position });
        }
        return {
          rows: results,
          hasNextPage: end !== null,
          hasPreviousPage,
          end: end ?? results.at(-1)?.position ?? null,
          cursors,
          text,
          type,
          search,
        };
      });
    });
  });
}

function readAll(
  ctx: Context,
  search: Search,
  size: number,
  after: SearchPosition | null,
  ascending: boolean,
): MaybePromise<RankedPage> {
  return chain(readByTime(timeReaderOf(ctx, search, ascending), size, after), ({ rows, end }) => ({
    rows: rows.map(withoutRank),
    newest: 0,
    end: end && { newest: 0, rank: null, ...end },
  }));
}

function loadSubjects(ctx: Context, rows: readonly RankedCandidate[]): MaybePromise<(Subject | null)[]> {
  // with the found discussions, not after them
  if (ctx.loaders.selectedFields?.has('Comment.discussion'))
    for (const { discussionId } of rows) loadDiscussion(ctx, discussionId);
  return allOf(rows.map((row) => loadSubject(ctx, row)));
}

function loadSubject(ctx: Context, { id, discussionId }: RankedCandidate): Promise<Subject | null> {
  if (id === discussionId) return loadDiscussion(ctx, id).then((row) => row && { type: 'Discussion', row });
  return loadComment(ctx, id).then((row) => (row?.deletedAt === null ? { type: 'Comment', row } : null));
}
