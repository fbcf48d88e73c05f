import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { PlainAuthor } from '../../parts/author.tsx';
import { Icon } from '../../parts/icon.tsx';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath, productPath } from '../../parts/paths.ts';
import { Time } from '../../parts/time.tsx';

const Row = graphql(`
  fragment DiscussionRow on Discussion {
    slug
    title
    excerpt(length: 180)
    lastActivityAt
    commentCount
    isAnswered
    isLocked
    netUpvotes
    author {
      ...AuthorName
    }
    product {
      name
      slug
    }
    pin {
      label
    }
  }
`);

interface RowProps {
  readonly discussion: FragmentType<typeof Row>;
  /** Whether to say that it is pinned, and why. */
  readonly isPinShown?: boolean;
}

/** A discussion in a list. */
export function DiscussionRow({ discussion, isPinShown = false }: RowProps) {
  const { text, formats } = usePage();
  const row = readFragment(Row, discussion);
  return (
    <li class="row">
      <div>
        <Bubble count={row.commentCount} isAnswered={row.isAnswered} isLocked={row.isLocked} />
      </div>
      <div>
        {isPinShown && row.pin && (
          <p class="pinned">
            <Icon name="pin" />
            <span dir="auto">{row.pin.label ?? text('list.pinned')}</span>
          </p>
        )}
        <h2 dir="auto">
          <a href={discussionPath(row.slug)}>{row.title}</a>
        </h2>
        {row.excerpt !== '' && (
          <p class="row__text" dir="auto">
            {row.excerpt}
          </p>
        )}
        <div class="meta">
          {row.product && (
            <a href={productPath(row.product.slug)} dir="auto">
              {row.product.name}
            </a>
          )}
          <span>
            <PlainAuthor author={row.author} />
          </span>
          <span>
            {text(row.commentCount > 0 ? 'list.active' : 'list.asked')} <Time at={row.lastActivityAt} />
          </span>
          <span>
            <span aria-hidden="true">▲ {formats.number(row.netUpvotes)}</span>
            <span class="sr">{text('vote.net', { count: row.netUpvotes })}</span>
          </span>
        </div>
      </div>
    </li>
  );
}

interface BubbleProps {
  readonly count: number;
  readonly isAnswered: boolean;
  readonly isLocked: boolean;
}

/** A speech bubble: how many comments, and by shape and icon whether one of them is the answer. */
export function Bubble({ count, isAnswered, isLocked }: BubbleProps) {
  const { text, formats } = usePage();
  const state = isAnswered ? ' bubble--answered' : count === 0 ? ' bubble--none' : '';
  const said = isAnswered ? 'list.bubbleAnswered' : isLocked ? 'list.bubbleLocked' : 'list.bubbleOpen';
  return (
    <span class={`bubble${state}`}>
      {isAnswered ? <Icon name="check" /> : isLocked && <Icon name="lock" />}
      <span aria-hidden="true">{formats.number(count)}</span>
      <span class="sr">{text(said, { count })}</span>
    </span>
  );
}
