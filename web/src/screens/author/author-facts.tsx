import type { ComponentChildren } from 'preact';
import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { usePage } from '../../parts/page-context.ts';
import { feedPath, productPath } from '../../parts/paths.ts';
import { Time } from '../../parts/time.tsx';

const Facts = graphql(`
  fragment AuthorFacts on Author {
    id
    handle
    companySegment
    industry
    createdAt
    discussionCount
    commentCount
    acceptedAnswerCount
    receivedUpvoteCount
    representedProducts {
      name
      slug
    }
  }
`);

/** What is known about an author and how much they have written, beside their discussions. */
export function AuthorFacts({ author: ref }: { readonly author: FragmentType<typeof Facts> }) {
  const { text, formats } = usePage();
  const author = readFragment(Facts, ref);
  const { handle, representedProducts: products } = author;
  const comments = new URLSearchParams({ q: `author:${handle}`, type: 'comment', order: 'newest' });
  return (
    <aside class="rail" aria-label={text('author.about')}>
      <section>
        <h2>{text('about.title')}</h2>
        <dl class="facts">
          <Fact name={text('author.discussions')}>{formats.number(author.discussionCount)}</Fact>
          <Fact name={text('author.comments')}>
            {handle === null || author.commentCount === 0 ? (
              formats.number(author.commentCount)
            ) : (
              <a
                href={`/search?${comments}`}
                aria-label={text('author.showComments', { count: author.commentCount })}
              >
                {formats.number(author.commentCount)}
              </a>
            )}
          </Fact>
          <Fact name={text('author.answers')}>{formats.number(author.acceptedAnswerCount)}</Fact>
          <Fact name={text('author.upvotes')}>{formats.number(author.receivedUpvoteCount)}</Fact>
          {products.length > 0 && (
            <Fact name={text('author.represents')}>
              {products.map(({ name, slug }) => (
                <a key={slug} class="profile__product" href={productPath(slug)} dir="auto">
                  {name}
                </a>
              ))}
            </Fact>
          )}
          {author.companySegment !== null && (
            <Fact name={text('author.segment')}>{author.companySegment}</Fact>
          )}
          {author.industry !== null && <Fact name={text('author.industry')}>{author.industry}</Fact>}
          <Fact name={text('author.since')}>
            <Time at={author.createdAt} />
          </Fact>
        </dl>
      </section>
      <p>
        <a href={feedPath('authors', author.id)}>{text('author.feed')}</a>
      </p>
    </aside>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd dir="auto">{children}</dd>
    </>
  );
}
