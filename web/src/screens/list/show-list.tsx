import type { DiscussionListQuery } from '../../generated/graphql/graphql.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { viewerOf } from '../../parts/frame.ts';
import { usePage } from '../../parts/page-context.ts';
import { Pager } from '../../parts/pager.tsx';
import { feedPath, withQuery } from '../../parts/paths.ts';
import { DeletedNotice } from './deleted-notice.tsx';
import { DiscussionRow } from './discussion-row.tsx';
import { ListControls } from './list-controls.tsx';
import { canonicalUrl, type ListQuery, readListQuery, type Scope } from './list-query.ts';
import { ListRail } from './rail.tsx';

const DiscussionList = graphql(`
  query DiscussionList(
    $orderBy: DiscussionOrder!
    $filter: DiscussionFilter!
    $after: String
    $slug: String!
    $isCategory: Boolean!
    $isProduct: Boolean!
    $isTag: Boolean!
    $isFirst: Boolean!
    $categorySlug: String
    $productSlug: String
  ) {
    ...Frame
    ...Rail
    category(slug: $slug) @include(if: $isCategory) {
      name
    }
    product(slug: $slug) @include(if: $isProduct) {
      name
    }
    tag(slug: $slug) @include(if: $isTag) {
      name
    }
    pinnedDiscussions(first: 5, categorySlug: $categorySlug, productSlug: $productSlug) @include(if: $isFirst) {
      id
      ...DiscussionRow
    }
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
`);

/** The list of discussions: of the whole forum, or of what the path names. */
export async function showList(visit: Visit, scope: Scope): Promise<Answer> {
  const { text } = visit.speech;
  const query = readListQuery(visit, scope);
  const { categorySlug = null, productSlug = null } = query.filter;
  const data = await visit.ask(DiscussionList, {
    orderBy: query.orderBy,
    filter: query.filter,
    after: query.after,
    slug: visit.params['slug'] ?? '',
    isCategory: scope === 'category',
    isProduct: scope === 'product',
    isTag: scope === 'tag',
    // pinned discussions are on top of what nobody has filtered
    isFirst: query.after === null && query.answered === null && query.order !== 'top' && scope !== 'tag',
    ...{ categorySlug, productSlug },
  });
  const name = (data.category ?? data.product ?? data.tag)?.name;
  const { pageInfo } = data.discussions;
  const next = pageInfo.hasNextPage ? withQuery(visit.url, { after: pageInfo.endCursor ?? null }) : null;
  return page({
    title: name ?? (visit.path === '/' ? visit.site.name : text('list.title')),
    viewer: viewerOf(data),
    isIndexed: true,
    head: (
      <>
        <meta name="description" content={text('list.description', { site: visit.site.name })} />
        <link
          rel="alternate"
          type="application/atom+xml"
          title={name ?? text('list.title')}
          href={feedOf(scope, visit)}
        />
        <link rel="canonical" href={canonicalUrl(visit)} />
        {next && <link rel="next" href={next} />}
      </>
    ),
    view: <List data={data} query={query} title={name ?? text('list.title')} next={next} />,
  });
}

const FEEDS = { category: 'categories', product: 'products', tag: 'tags' } as const;

function feedOf(scope: Scope, { params }: Visit): string {
  return scope === null ? feedPath('discussions', null) : feedPath(FEEDS[scope], params['slug'] ?? '');
}

interface ListProps {
  readonly data: DiscussionListQuery;
  readonly query: ListQuery;
  readonly title: string;
  readonly next: string | null;
}

function List({ data, query, title, next }: ListProps) {
  const { text } = usePage();
  const { discussions, pinnedDiscussions: pinned = [] } = data;
  const pinnedIds = new Set(pinned.map(({ id }) => id));
  const others = discussions.nodes.filter(({ id }) => !pinnedIds.has(id));
  return (
    <div class="page">
      <main id="main">
        <DeletedNotice />
        <div class="head">
          <h1 dir="auto">{title}</h1>
          <p>{text('list.count', { count: discussions.totalCount })}</p>
        </div>
        <ListControls query={query} />
        {pinned.length + others.length === 0 ? (
          <p class="empty">{text('list.empty')}</p>
        ) : (
          <ul class="list" role="list">
            {pinned.map((discussion) => (
              <DiscussionRow key={discussion.id} discussion={discussion} isPinShown />
            ))}
            {others.map((discussion) => (
              <DiscussionRow key={discussion.id} discussion={discussion} />
            ))}
          </ul>
        )}
        <Pager next={next} more={text('list.more')} />
      </main>
      <ListRail data={data} />
    </div>
  );
}
