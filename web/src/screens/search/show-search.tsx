import type { SearchPageQuery } from '../../generated/graphql/graphql.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { viewerOf } from '../../parts/frame.ts';
import { usePage } from '../../parts/page-context.ts';
import { Pager } from '../../parts/pager.tsx';
import { withQuery } from '../../parts/paths.ts';
import { Facets } from './facets.tsx';
import { SearchIssues, Suggestion } from './notices.tsx';
import { SearchControls } from './search-controls.tsx';
import { SearchHelp } from './search-help.tsx';
import { readSearchQuery, type SearchQuery } from './search-query.ts';
import { SearchResult } from './search-result.tsx';

const SearchPage = graphql(`
  query SearchPage(
    $query: String!
    $type: SearchType!
    $orderBy: SearchOrder!
    $after: String
    $isAsked: Boolean!
  ) {
    ...Frame
    search(query: $query, type: $type, orderBy: $orderBy, first: 20, after: $after) @include(if: $isAsked) {
      totalCount
      isTotalCountLowerBound
      suggestion
      searchIssues {
        ...SearchIssue
      }
      facets {
        ...Facets
      }
      edges {
        cursor
        node {
          ...SearchResult
        }
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`);

/** What a search finds. Without a query, what can be searched for. */
export async function showSearch(visit: Visit): Promise<Answer> {
  const { text } = visit.speech;
  const search = readSearchQuery(visit);
  const isAsked = search.query.trim() !== '';
  const data = await visit.ask(SearchPage, {
    query: search.query,
    type: search.apiType,
    orderBy: search.apiOrder,
    after: search.after,
    isAsked,
  });
  return page({
    title: isAsked ? text('search.titleOf', { query: search.query.trim() }) : text('search.title'),
    viewer: viewerOf(data),
    view: data.search ? <Results found={data.search} search={search} /> : <Empty />,
  });
}

function Empty() {
  const { text } = usePage();
  return (
    <div class="page page--single">
      <main id="main">
        <div class="head">
          <h1>{text('search.title')}</h1>
        </div>
        <p class="empty">{text('search.noQuery')}</p>
        <SearchHelp isOpen />
      </main>
    </div>
  );
}

interface ResultsProps {
  readonly found: NonNullable<SearchPageQuery['search']>;
  readonly search: SearchQuery;
}

function Results({ found, search }: ResultsProps) {
  const { visit, text, formats } = usePage();
  const { totalCount, edges, pageInfo } = found;
  return (
    <div class="page">
      <main id="main">
        <div class="head">
          <h1>{text('search.title')}</h1>
          <p>
            {found.isTotalCountLowerBound
              ? text('search.countAtLeast', { count: formats.number(totalCount) })
              : text('search.count', { count: totalCount })}
          </p>
        </div>
        <SearchControls search={search} />
        <SearchIssues issues={found.searchIssues} query={search.query} />
        <Suggestion suggestion={found.suggestion ?? null} />
        {edges.length === 0 ? (
          <p class="empty">{text(pageInfo.hasNextPage ? 'search.noneHere' : 'search.none')}</p>
        ) : (
          <ul class="list" role="list">
            {edges.map(({ cursor, node }) => (
              <SearchResult key={cursor} result={node} />
            ))}
          </ul>
        )}
        <Pager
          next={pageInfo.hasNextPage ? withQuery(visit.url, { after: pageInfo.endCursor ?? null }) : null}
          more={text('search.more')}
        />
        <SearchHelp isOpen={false} />
      </main>
      <Facets facets={found.facets} query={search.query} />
    </div>
  );
}
