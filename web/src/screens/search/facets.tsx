import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { usePage } from '../../parts/page-context.ts';
import { withQuery } from '../../parts/paths.ts';
import { hasQualifier, toggleQualifier } from './qualifiers.ts';

const FacetFields = graphql(`
  fragment Facets on SearchFacets {
    categories {
      count
      category {
        name
        slug
      }
    }
    products {
      count
      product {
        name
        slug
      }
    }
    tags {
      count
      tag {
        name
        slug
      }
    }
  }
`);

/** The categories, products and tags of the results. Each is a link that narrows the search to it. */
export function Facets({
  facets,
  query,
}: {
  readonly facets: FragmentType<typeof FacetFields>;
  readonly query: string;
}) {
  const { text } = usePage();
  const { categories, products, tags } = readFragment(FacetFields, facets);
  if (categories.length + products.length + tags.length === 0) return null;
  return (
    <aside class="rail" aria-label={text('search.facets')}>
      <FacetList
        title={text('rail.categories')}
        qualifier="category"
        query={query}
        facets={categories.map(({ count, category }) => ({ count, ...category }))}
      />
      <FacetList
        title={text('rail.products')}
        qualifier="product"
        query={query}
        facets={products.map(({ count, product }) => ({ count, ...product }))}
      />
      <FacetList
        title={text('rail.tags')}
        qualifier="tag"
        query={query}
        facets={tags.map(({ count, tag }) => ({ count, ...tag }))}
      />
    </aside>
  );
}

interface FacetListProps {
  readonly title: string;
  readonly qualifier: 'category' | 'product' | 'tag';
  readonly query: string;
  readonly facets: readonly { readonly name: string; readonly slug: string; readonly count: number }[];
}

/** A facet that is in the query already is marked, and its link takes it out again. */
function FacetList({ title, qualifier, query, facets }: FacetListProps) {
  const { visit, text, formats } = usePage();
  if (facets.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul class="links" role="list">
        {facets.map(({ name, slug, count }) => {
          const word = `${qualifier}:${slug}`;
          return (
            <li key={slug}>
              <a
                href={withQuery(visit.url, { q: toggleQualifier(query, word), after: null })}
                aria-current={hasQualifier(query, word) ? 'true' : undefined}
              >
                <bdi>{name}</bdi>
                <span>
                  <span aria-hidden="true">{formats.number(count)}</span>
                  <span class="sr">{text('search.count', { count })}</span>
                </span>
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
