import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { usePage } from '../../parts/page-context.ts';
import { categoryPath, discussionPath, productPath } from '../../parts/paths.ts';
import { Time } from '../../parts/time.tsx';

const RailFields = graphql(`
  fragment DiscussionRail on Discussion {
    isAnswered
    isClosed
    lastActivityAt
    viewCount
    category {
      name
      slug
    }
    product {
      name
      slug
    }
    relatedDiscussions(first: 5) {
      title
      url
      commentCount
      discussion {
        slug
      }
    }
  }
`);

/** Facts and related discussions, beside the thread. */
export function DiscussionRail({ discussion }: { readonly discussion: FragmentType<typeof RailFields> }) {
  const { text, formats } = usePage();
  const facts = readFragment(RailFields, discussion);
  const { category, product, relatedDiscussions: related } = facts;
  return (
    <aside class="rail" aria-label={text('about.label')}>
      <section>
        <h2>{text('about.title')}</h2>
        <dl class="facts">
          {product && (
            <>
              <dt>{text('about.product')}</dt>
              <dd>
                <a href={productPath(product.slug)} dir="auto">
                  {product.name}
                </a>
              </dd>
            </>
          )}
          {category && (
            <>
              <dt>{text('about.category')}</dt>
              <dd>
                <a href={categoryPath(category.slug)} dir="auto">
                  {category.name}
                </a>
              </dd>
            </>
          )}
          <dt>{text('about.state')}</dt>
          <dd>
            {text(facts.isAnswered ? 'about.answered' : 'about.unanswered')},{' '}
            {text(facts.isClosed ? 'about.closed' : 'about.open')}
          </dd>
          <dt>{text('about.active')}</dt>
          <dd>
            <Time at={facts.lastActivityAt} />
          </dd>
          {facts.viewCount !== null && (
            <>
              <dt>{text('about.views')}</dt>
              <dd>{formats.number(facts.viewCount)}</dd>
            </>
          )}
        </dl>
      </section>
      {related.length > 0 && (
        <section>
          <h2>{text('about.related')}</h2>
          <ul class="links" role="list">
            {related.map(({ title, url, commentCount, discussion: own }) => (
              <li key={url}>
                <a href={own ? discussionPath(own.slug) : url} rel={own ? undefined : 'nofollow noopener'}>
                  <bdi>{title}</bdi>
                  <span>
                    <span aria-hidden="true">{formats.number(commentCount)}</span>
                    <span class="sr">{text('thread.count', { count: commentCount })}</span>
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </aside>
  );
}
