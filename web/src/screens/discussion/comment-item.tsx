import type { ComponentChildren } from 'preact';
import type { CommentItemFragment } from '../../generated/graphql/graphql.ts';
import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { AuthorDisc, AuthorLine, nameOf } from '../../parts/author.tsx';
import { Icon } from '../../parts/icon.tsx';
import { usePage } from '../../parts/page-context.ts';
import { inThread } from '../../parts/paths.ts';
import { refusalOf } from '../../parts/permission.ts';
import { Prose } from '../../parts/prose.tsx';
import { Time } from '../../parts/time.tsx';
import { Vote } from '../../parts/vote.tsx';
import { CommentMenu } from './comment-menu.tsx';
import { ReplyForm } from './reply-form.tsx';
import { useThread } from './thread-context.ts';

const Item = graphql(`
  fragment CommentItem on Comment {
    id
    bodyHTML
    createdAt
    lastEditedAt
    isDeleted
    isAnswer
    isOfficial
    isVerifiedUser
    author {
      id
      ...AuthorName
    }
    viewerCan {
      reply {
        isAllowed
        code
      }
    }
    ...Votes
    ...CommentMenu @include(if: $hasMenus)
  }
`);

interface CommentProps {
  readonly comment: FragmentType<typeof Item>;
  /** Its replies. */
  readonly children?: ComponentChildren;
}

/** A comment: a disc in the gutter, a line from it to its replies. */
export function CommentItem({ comment, children }: CommentProps) {
  const { visit, text } = usePage();
  const { lockReason, voteLockReason, draft } = useThread();
  const item = readFragment(Item, comment);
  const author = nameOf(text, item.author);
  if (item.isDeleted)
    return (
      <article class="c c--gone" id={item.id}>
        <div class="gut">
          <AuthorDisc author={null} />
        </div>
        <div class="body">{text('comment.deleted')}</div>
        {children}
      </article>
    );
  const mayReply = refusalOf(item.viewerCan.reply, lockReason) === null;
  return (
    <article
      class={item.isOfficial ? 'c c--official' : 'c'}
      id={item.id}
      aria-label={text('comment.by', { author })}
    >
      <div class="gut">
        <AuthorDisc author={item.author} />
      </div>
      <div class="body">
        <CommentHead item={item} />
        <WasQuestion id={item.id} />
        <Prose html={item.bodyHTML} />
        <div class="acts">
          <Vote subject={item} of={text('comment.of', { author })} lockReason={voteLockReason} />
          {mayReply && <ReplyLink id={item.id} author={author} />}
          {visit.token !== null && !visit.isEmbedded && <CommentMenu comment={item} author={author} />}
        </div>
        {/* the form says why it was refused */}
        {(mayReply || draft.body !== '') && <ReplyForm replyTo={{ id: item.id, author }} />}
      </div>
      {children}
    </article>
  );
}

function CommentHead({ item }: { readonly item: CommentItemFragment }) {
  const { visit, text } = usePage();
  const thread = useThread();
  // in another site's page, links open the forum
  const place = visit.isEmbedded ? inThread(thread.slug, item.id) : `#${item.id}`;
  const product = thread.productName;
  return (
    <div class="who">
      <AuthorLine author={item.author} />
      {item.isOfficial && (
        <span class="badge badge--official">
          <Icon name="building" />
          {product === null ? text('comment.official') : text('comment.officialOf', { product })}
        </span>
      )}
      {item.isVerifiedUser && (
        <span class="badge badge--good">
          <Icon name="check" />
          {text('comment.verified')}
        </span>
      )}
      {item.isAnswer && (
        <span class="badge badge--good">
          <Icon name="check" />
          {text('comment.answer')}
        </span>
      )}
      {!visit.isEmbedded && item.author && item.author.id === thread.authorId && (
        <span class="badge">{text('comment.asker')}</span>
      )}
      <a class="when" href={place}>
        <Time at={item.createdAt} />
      </a>
      {item.lastEditedAt && (
        <a class="when" href={`/comments/${item.id}/history`}>
          <span>
            {text('post.edited')} <Time at={item.lastEditedAt} />
          </span>
        </a>
      )}
    </div>
  );
}

/** The title of the discussion whose question this comment was before it was merged. */
function WasQuestion({ id }: { readonly id: string }) {
  const { text } = usePage();
  const title = useThread().mergedTitles.get(id);
  if (title === undefined) return null;
  return (
    <p class="was">
      {text('comment.wasQuestion')} <b dir="auto">{title}</b>
    </p>
  );
}

/** Without a script, the link opens the page again with the form in its place. */
function ReplyLink({ id, author }: { readonly id: string; readonly author: string }) {
  const { text, target } = usePage();
  const { replyPath } = useThread();
  return (
    <a class="btn btn--small" href={replyPath(id)} target={target}>
      <Icon name="reply" />
      {text('comment.reply')}
      <span class="sr"> {text('comment.replyTo', { author })}</span>
    </a>
  );
}
