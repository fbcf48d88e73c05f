import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { usePage } from '../../parts/page-context.ts';
import { withQuery } from '../../parts/paths.ts';
import { shortened } from '../../parts/shortened.ts';

const Issue = graphql(`
  fragment SearchIssue on SearchIssue {
    code
    beginIndice
    endIndice
  }
`);

interface SearchIssuesProps {
  readonly issues: readonly FragmentType<typeof Issue>[];
  readonly query: string;
}

const PART_UNITS_MAX = 60;

/** What was not understood as it was written. The results are there all the same. */
export function SearchIssues({ issues, query }: SearchIssuesProps) {
  const { text } = usePage();
  if (issues.length === 0) return null;
  return (
    <div class="note" role="status">
      {issues.map((issue) => {
        const { code, beginIndice, endIndice } = readFragment(Issue, issue);
        const part = query.slice(beginIndice, endIndice);
        return (
          <p key={beginIndice}>{text('search.issue', { code, part: shortened(part, PART_UNITS_MAX) })}</p>
        );
      })}
    </div>
  );
}

/** The query with words that the forum knows. */
export function Suggestion({ suggestion }: { readonly suggestion: string | null }) {
  const { visit, text } = usePage();
  if (suggestion === null) return null;
  return (
    <p class="note">
      {text('search.didYouMean')}{' '}
      <a href={withQuery(visit.url, { q: suggestion, after: null })}>
        <bdi>{suggestion}</bdi>
      </a>
    </p>
  );
}
