import { defineModule } from '../../graphql/module.ts';
import type { Counted } from './search-counts.ts';
import type { SearchPage, SearchResultRow } from './search-page.ts';
import { searchResolvers } from './search-resolvers.ts';
import './written-texts.ts'; // it listens

/** Search over titles, texts and comments, and similar questions. */
export const searchModule = defineModule({
  name: 'search',
  resolvers: searchResolvers,
  tables: [
    'search_entry',
    'search_gram',
    'search_word',
    'search_state',
    'search_discussion_text',
    'search_comment_text',
  ],
});

export { findIndexFault, findIndexFlaws, type IndexFlaw, mendIndexFlaw } from './check-index.ts';
export { indexFault } from './index-state.ts';
export { type OnProgress, type Reindexed, reindex } from './reindex.ts';
export { loadSimilar, type SimilarRow } from './similar.ts';
export { isSearchLanguage, type SearchLanguage, useSearchLanguages } from './stem.ts';

/** What the resolvers of each type get. */
export interface SearchTypes {
  SearchResult: SearchResultRow;
  SearchResultConnection: SearchPage;
  SearchFacets: Counted;
}
