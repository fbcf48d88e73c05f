import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { usePage } from '../../parts/page-context.ts';
import { categoryPath, discussionPath, productPath, tagPath } from '../../parts/paths.ts';
import { Time } from '../../parts/time.tsx';

const Rail = graphql(`
  fragment Rail on Query {
    waiting: discussions(first: 4, orderBy: NEWEST, filter: { isAnswered: false }) {
      nodes {
        slug
        title
        createdAt
      }
    }
    products(first: 8) {
      nodes {
        name
        slug
      }
    }
    categories(first: 12) {
      nodes {
        name
        slug
      }
    }
    tags(first: 20) {
      nodes {
        name
        slug
      }
    }
  }
`);

/** Ways to browse, beside the list. */
export function ListRail({ data }: { readonly data: FragmentType<typeof Rail> }) {
  const { text } = usePage();
  const { waiting, products, categories, tags } = readFragment(Rail, data);
  return (
    <aside class="rail" aria-label={text('rail.label')}>
      {waiting.nodes.length > 0 && (
        <section>
          <h2>{text('rail.waiting')}</h2>
          <ul class="links" role="list">
            {waiting.nodes.map(({ slug, title, createdAt }) => (
              <li key={slug}>
                <a href={discussionPath(slug)}>
                  <bdi>{title}</bdi>
                  <span>
                    <Time at={createdAt} />
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Links title={text('rail.products')} entries={products.nodes} path={productPath} />
      <Links title={text('rail.categories')} entries={categories.nodes} path={categoryPath} />
      {tags.nodes.length > 0 && (
        <section>
          <h2>{text('rail.tags')}</h2>
          <div class="tags">
            {tags.nodes.map(({ name, slug }) => (
              <a key={slug} class="tag" href={tagPath(slug)} dir="auto">
                {name}
              </a>
            ))}
          </div>
        </section>
      )}
    </aside>
  );
}

interface LinksProps {
  readonly title: string;
  readonly entries: readonly { readonly name: string; readonly slug: string }[];
  readonly path: (slug: string) => string;
}

function Links({ title, entries, path }: LinksProps) {
  if (entries.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul class="links" role="list">
        {entries.map(({ name, slug }) => (
          <li key={slug}>
            <a href={path(slug)} dir="auto">
              {name}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
