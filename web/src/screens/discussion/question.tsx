import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { AuthorDisc, AuthorLine } from '../../parts/author.tsx';
import { Icon } from '../../parts/icon.tsx';
import { usePage } from '../../parts/page-context.ts';
import { categoryPath, discussionPath, productPath, tagPath } from '../../parts/paths.ts';
import { Prose } from '../../parts/prose.tsx';
import { Time } from '../../parts/time.tsx';
import { Vote } from '../../parts/vote.tsx';
import { BookmarkButton } from './bookmark-button.tsx';
import { DiscussionMenu } from './discussion-menu.tsx';
import { useThread } from './thread-context.ts';

const QuestionFields = graphql(`
  fragment Question on Discussion {
    id
    slug
    title
    bodyHTML
    createdAt
    lastEditedAt
    author {
      ...AuthorName
    }
    category {
      name
      slug
    }
    product {
      name
      slug
    }
    tags {
      name
      slug
    }
    ...Votes
    ...DiscussionMenu
    ...BookmarkButton
  }
`);

/** What was asked. */
export function Question({ discussion }: { readonly discussion: FragmentType<typeof QuestionFields> }) {
  const { text } = usePage();
  const { refusal, voteLockReason } = useThread();
  const question = readFragment(QuestionFields, discussion);
  const { slug, category, product, tags } = question;
  return (
    <article class="question" id={question.id}>
      <nav class="crumbs" aria-label={text('crumbs.label')}>
        <ol role="list">
          <li>
            <a href="/">{text('list.title')}</a>
          </li>
          {category && (
            <li>
              <a href={categoryPath(category.slug)}>{category.name}</a>
            </li>
          )}
          {product && (
            <li>
              <a href={productPath(product.slug)}>{product.name}</a>
            </li>
          )}
        </ol>
      </nav>
      <h1 class="title" dir="auto">
        {question.title}
      </h1>
      <div class="who">
        <AuthorDisc author={question.author} />
        <AuthorLine author={question.author} />
        <a class="when" href={discussionPath(slug)}>
          <span>
            {text('list.asked')} <Time at={question.createdAt} />
          </span>
        </a>
        {question.lastEditedAt && (
          <a class="when" href={`${discussionPath(slug)}/history`}>
            <span>
              {text('post.edited')} <Time at={question.lastEditedAt} />
            </span>
          </a>
        )}
      </div>
      <Prose html={question.bodyHTML} />
      {tags.length > 0 && (
        <div class="tags">
          {tags.map((tag) => (
            <a key={tag.slug} class="tag" href={tagPath(tag.slug)} dir="auto">
              {tag.name}
            </a>
          ))}
        </div>
      )}
      <div class="acts">
        <Vote subject={question} of={text('question.of')} lockReason={voteLockReason} />
        {refusal === null && (
          <a class="btn btn--small" href="#write">
            <Icon name="reply" />
            {text('question.answer')}
          </a>
        )}
        <BookmarkButton discussion={question} />
        <DiscussionMenu discussion={question} />
      </div>
    </article>
  );
}
