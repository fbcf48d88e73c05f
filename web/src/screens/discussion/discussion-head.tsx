import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { usePage } from '../../parts/page-context.ts';
import { feedPath } from '../../parts/paths.ts';
import type { ThreadOrder } from './thread-query.ts';

const Head = graphql(`
  fragment DiscussionHead on Discussion {
    slug
    title
    url
    excerpt(length: 160)
    createdAt
    lastActivityAt
  }
`);

interface HeadProps {
  readonly discussion: FragmentType<typeof Head>;
  /** The address of this page of it for search engines. */
  readonly canonical: string;
  readonly next: string | null;
  /** The discussion as JSON-LD. */
  readonly structuredData?: unknown;
}

export function urlOf(discussion: FragmentType<typeof Head>): string {
  return readFragment(Head, discussion).url;
}

/** The address of a page of comments for search engines: each page has others. A cursor belongs to an order. */
export function canonicalUrl(url: string, after: string | null, order: ThreadOrder): string {
  if (after === null) return url;
  const address = new URL(url);
  if (order !== 'best') address.searchParams.set('order', order);
  address.searchParams.set('after', after);
  return address.href;
}

export function titleOf(discussion: FragmentType<typeof Head>): string {
  return readFragment(Head, discussion).title;
}

/** What other sites and search engines show of a discussion. */
export function DiscussionHead({ discussion, canonical, next, structuredData }: HeadProps) {
  const { site } = usePage();
  const { slug, title, excerpt, createdAt, lastActivityAt } = readFragment(Head, discussion);
  return (
    <>
      <meta name="description" content={excerpt} />
      <link rel="canonical" href={canonical} />
      <link rel="alternate" type="application/atom+xml" title={title} href={feedPath('discussions', slug)} />
      {next && <link rel="next" href={next} />}
      <meta property="og:type" content="article" />
      <meta property="og:site_name" content={site.name} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={excerpt} />
      <meta property="og:url" content={canonical} />
      <meta property="article:published_time" content={createdAt} />
      <meta property="article:modified_time" content={lastActivityAt} />
      <meta name="twitter:card" content="summary" />
      {structuredData !== undefined && (
        <script
          type="application/ld+json"
          dangerouslySetInnerHTML={{ __html: JSON.stringify(structuredData).replaceAll('<', '\\u003c') }}
        />
      )}
    </>
  );
}
