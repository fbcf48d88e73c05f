import type { ComponentChild } from 'preact';
import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { PlainAuthor } from '../../parts/author.tsx';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath } from '../../parts/paths.ts';
import { Time } from '../../parts/time.tsx';

const SideFields = graphql(`
  fragment Side on Discussion {
    slug
    title
    excerpt(length: 180)
    createdAt
    commentCount
    author {
      ...AuthorName
    }
  }
`);

interface SideProps {
  readonly label: string;
  readonly side: FragmentType<typeof SideFields>;
  /** Why it cannot be this one. */
  readonly problem: ComponentChild;
}

/** One of the two discussions of a form. */
export function SideView({ label, side, problem }: SideProps) {
  const { text } = usePage();
  const { slug, title, excerpt, createdAt, commentCount, author } = readFragment(SideFields, side);
  return (
    <section class={problem ? 'side side--problem' : 'side'}>
      <p class="side__label">{label}</p>
      <h2 dir="auto">
        <a href={discussionPath(slug)}>{title}</a>
      </h2>
      {excerpt !== '' && (
        <p class="side__text" dir="auto">
          {excerpt}
        </p>
      )}
      <div class="meta">
        <PlainAuthor author={author ?? null} />
        <span>
          {text('list.asked')} <Time at={createdAt} />
        </span>
        <span>{text('thread.count', { count: commentCount })}</span>
      </div>
      {problem && <p class="problem">{problem}</p>}
    </section>
  );
}
