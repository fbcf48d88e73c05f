import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { usePage } from '../../parts/page-context.ts';

const Head = graphql(`
  fragment DiscussionHead on Discussion {
    title
    url
    bodyText
    createdAt
    lastActivityAt
  }
`);

interface HeadProps {
  readonly discussion: FragmentType<typeof Head>;
  readonly next: string | null;
}

/** As search engines show it. */
const DESCRIPTION_CHARS = 160;

export function titleOf(discussion: FragmentType<typeof Head>): string {
  return readFragment(Head, discussion).title;
}

/** What other sites and search engines show of a discussion. */
export function DiscussionHead({ discussion, next }: HeadProps) {
  const { site } = usePage();
  const { title, url, bodyText, createdAt, lastActivityAt } = readFragment(Head, discussion);
  const description = shortened(bodyText.replace(/\s+/g, ' ').trim());
  return (
    <>
      <meta name="description" content={description} />
      <link rel="canonical" href={url} />
      {next && <link rel="next" href={next} />}
      <meta property="og:type" content="article" />
      <meta property="og:site_name" content={site.name} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={url} />
      <meta property="article:published_time" content={createdAt} />
      <meta property="article:modified_time" content={lastActivityAt} />
      <meta name="twitter:card" content="summary" />
    </>
  );
}

function shortened(text: string): string {
  const letters = [...text];
  return letters.length <= DESCRIPTION_CHARS ? text : `${letters.slice(0, DESCRIPTION_CHARS - 1).join('')}…`;
}
