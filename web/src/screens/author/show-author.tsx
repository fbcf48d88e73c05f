import { notFound } from '../../api/api-error.ts';
import type { AuthorPageQuery } from '../../generated/graphql/graphql.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page, redirect } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { nameOf } from '../../parts/author.tsx';
import { viewerOf } from '../../parts/frame.ts';
import { usePage } from '../../parts/page-context.ts';
import { Pager } from '../../parts/pager.tsx';
import { authorPath, feedPath, withQuery } from '../../parts/paths.ts';
import { DiscussionRow } from '../list/discussion-row.tsx';
import { ListControls } from '../list/list-controls.tsx';
import { canonicalUrl, type ListQuery, readListQuery } from '../list/list-query.ts';
import { AuthorFacts } from './author-facts.tsx';
import { AuthorHead } from './author-head.tsx';

const AuthorPage = graphql(`
  query AuthorPage($id: ID!, $orderBy: DiscussionOrder!, $filter: DiscussionFilter!, $after: String) {
    ...Frame
    author(id: $id) {
      id
      ...AuthorName
      ...AuthorHead
      ...AuthorFacts
      discussions(first: 20, after: $after, orderBy: $orderBy, filter: $filter) {
        totalCount
        nodes {
          id
          ...DiscussionRow
        }
        pageInfo {
          endCursor
          hasNextPage
        }
      }
    }
  }
`);

const AuthorByHandle = graphql(`
  query AuthorByHandle($handle: String!) {
    author(handle: $handle) {
      id
    }
  }
`);

/** Ids have an underscore and handles do not. */
const ID = /_/;

/** An author with their discussions. The address has the id, which never changes; that of a handle leads to it. */
export async function showAuthor(visit: Visit): Promise<Answer> {
  const { author: wanted = '' } = visit.params;
  if (!ID.test(wanted)) {
    const { author } = await visit.ask(AuthorByHandle, { handle: wanted });
    if (!author) throw notFound();
    return redirect(authorPath(author.id));
  }
  const { text } = visit.speech;
  const query = readListQuery(visit, null);
  const { orderBy, filter, after } = query;
  const data = await visit.ask(AuthorPage, { id: wanted, orderBy, filter, after });
  const { author } = data;
  if (!author) throw notFound();
  const { pageInfo } = author.discussions;
  const next = pageInfo.hasNextPage ? withQuery(visit.url, { after: pageInfo.endCursor ?? null }) : null;
  const name = nameOf(text, author);
  return page({
    title: name,
    viewer: viewerOf(data),
    isIndexed: true,
    head: (
      <>
        <meta
          name="description"
          content={text('author.description', { author: name, site: visit.site.name })}
        />
        <link
          rel="alternate"
          type="application/atom+xml"
          title={name}
          href={feedPath('authors', author.id)}
        />
        <link rel="canonical" href={canonicalUrl(visit)} />
        {next && <link rel="next" href={next} />}
      </>
    ),
    view: <AuthorView author={author} query={query} next={next} />,
  });
}

interface AuthorViewProps {
  readonly author: NonNullable<AuthorPageQuery['author']>;
  readonly query: ListQuery;
  readonly next: string | null;
}

function AuthorView({ author, query, next }: AuthorViewProps) {
  const { text } = usePage();
  const { totalCount, nodes } = author.discussions;
  return (
    <div class="page">
      <main id="main">
        <AuthorHead author={author} />
        <p class="hint">{text('list.count', { count: totalCount })}</p>
        <ListControls query={query} />
        {nodes.length === 0 ? (
          <p class="empty">{text(query.answered === null ? 'author.noDiscussions' : 'list.empty')}</p>
        ) : (
          <ul class="list" role="list">
            {nodes.map((discussion) => (
              <DiscussionRow key={discussion.id} discussion={discussion} />
            ))}
          </ul>
        )}
        <Pager next={next} more={text('list.more')} />
      </main>
      <AuthorFacts author={author} />
    </div>
  );
}
