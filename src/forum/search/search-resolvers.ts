import type { Context } from '../../access/context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { loader } from '../../graphql/loader.ts';
import { ofType } from '../../graphql/payload.ts';
import { FORMULA, inputsOf } from './rank.ts';
import { type Counted, categoryFacets, countResults, productFacets, tagFacets } from './search-counts.ts';
import { type SearchPage, type SearchResultRow, searchPage } from './search-page.ts';
import { similarDiscussions } from './similar-discussions.ts';
import { suggestionFor } from './suggestion.ts';
import { textMatches } from './text-matches.ts';

/** The counted results of a page's search: read once, whichever fields show them. */
function counted(ctx: Context, { search, text, type }: SearchPage): Promise<Counted> {
  return loader<Counted>(ctx, `search.counted ${type} ${text}`, (own) =>
    Promise.all([countResults(own, search)]),
  ).load('');
}

const subjectOf = ({ subject }: SearchResultRow) =>
  subject.type === 'Discussion' ? ofType(subject.row, 'Discussion') : ofType(subject.row, 'Comment');

export const searchResolvers: Resolvers = {
  Query: {
    search: (_, args, ctx) => searchPage(ctx, args),
    similarDiscussions: (_, args, ctx) => similarDiscussions(ctx, args),
  },
  SearchResultConnection: {
    nodes: ({ rows }) => rows,
    edges: ({ rows, cursors }) => rows.map((node) => ({ node, cursor: cursors.encode(node.position) })),
    pageInfo: ({ rows: [first], end, cursors, hasNextPage, hasPreviousPage }) => ({
      ...{ hasNextPage, hasPreviousPage },
      startCursor: first ? cursors.encode(first.position) : null,
      endCursor: end && cursors.encode(end),
    }),
    totalCount: async (page, _, ctx) => (await counted(ctx, page)).rows.length,
    isTotalCountLowerBound: async (page, _, ctx) => (await counted(ctx, page)).isLowerBound,
    facets: (page, _, ctx) => counted(ctx, page),
    searchIssues: ({ search }) =>
      search.issues.map(({ start, end, ...issue }) => ({ ...issue, beginIndice: start, endIndice: end })),
    suggestion: ({ rows, text, type, search, hasNextPage, hasPreviousPage }, _, ctx) =>
      rows.length > 0 || hasNextPage || hasPreviousPage ? null : suggestionFor(ctx, text, type, search),
  },
  SearchFacets: {
    categories: (counts, _, ctx) => categoryFacets(ctx, counts),
    products: (counts, _, ctx) => productFacets(ctx, counts),
    tags: (counts, _, ctx) => tagFacets(ctx, counts),
  },
  SearchResult: {
    subject: subjectOf,
    textMatches: (result, _, ctx) => textMatches(ctx, result),
    rankExplanation: ({ rank }) => ({
      formula: FORMULA,
      inputs: rank ? inputsOf(rank) : [],
      value: rank?.value ?? 0,
    }),
  },
};
