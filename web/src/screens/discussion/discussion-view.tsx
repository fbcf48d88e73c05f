import type { ComponentChildren } from 'preact';
import type { DiscussionFragment } from '../../generated/graphql/graphql.ts';
import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import type { Visit } from '../../http/visit.ts';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath, withQuery } from '../../parts/paths.ts';
import { Answered } from './answered.tsx';
import { DiscussionRail } from './discussion-rail.tsx';
import { NewsNote } from './news.tsx';
import { Notices } from './notices.tsx';
import { Question } from './question.tsx';
import { ReplyForm } from './reply-form.tsx';
import { type Branch, Branches, type ItemRef } from './thread.tsx';
import { type Draft, ThreadContext, threadOf, useThread } from './thread-context.ts';
import { COMMENT_ORDERS, type ThreadQuery } from './thread-query.ts';

const Discussion = graphql(`
  fragment Discussion on Discussion {
    commentCount
    viewerCan {
      comment {
        isAllowed
        code
        message
      }
    }
    ...Thread
    ...Question
    ...Notices
    ...Answered
    ...DiscussionRail
    ...News
  }
`);

export interface Comments {
  readonly totalCount: number;
  readonly nodes: readonly (Branch & ItemRef)[];
}

interface ViewProps {
  readonly discussion: FragmentType<typeof Discussion>;
  readonly comments: Comments;
  readonly query: ThreadQuery;
  readonly next: string | null;
  /** Whether no comments come before these. */
  readonly isFirst: boolean;
  readonly draft: Draft;
  /** What is said above the question. */
  readonly above?: ComponentChildren;
}

export function DiscussionView(props: ViewProps) {
  const { discussion: ref, comments, query, next, isFirst, draft, above } = props;
  const { visit } = usePage();
  const discussion = readFragment(Discussion, ref);
  return (
    <ThreadContext.Provider value={threadOf(discussion, draft, replyPathOn(visit))}>
      <div class="page">
        <main id="main">
          {above}
          <Notices discussion={discussion} />
          <Question discussion={discussion} />
          <Answered discussion={discussion} />
          <Talk
            count={discussion.commentCount}
            comments={comments}
            query={query}
            next={next}
            isFirst={isFirst}
          />
          <Write discussion={discussion} />
          <NewsNote discussion={discussion} />
        </main>
        <DiscussionRail discussion={discussion} />
      </div>
    </ThreadContext.Provider>
  );
}

/** Where the form for a reply to a comment is. */
function replyPathOn(visit: Visit): (id: string) => string {
  const here = withQuery(new URL(visit.here, visit.site.url), { reply: null });
  const opener = `${here}${here.includes('?') ? '&' : '?'}reply=`;
  return (id) => `${opener}${encodeURIComponent(id)}#reply`;
}

interface TalkProps extends Pick<ViewProps, 'comments' | 'query' | 'next' | 'isFirst'> {
  readonly count: number;
}

/** The comments, an order for them, and the way to more. */
function Talk({ count, comments, query, next, isFirst }: TalkProps) {
  const { visit, text } = usePage();
  const { slug } = useThread();
  const start = new URL(discussionPath(slug), visit.site.url);
  const link = (order: string | null) => `${withQuery(start, { order })}#talk`;
  if (count === 0) return null;
  return (
    <section class="talk" aria-labelledby="talk">
      <header>
        <h2 id="talk">{text('thread.count', { count })}</h2>
        <nav aria-label={text('thread.order')}>
          <div class="pick">
            {COMMENT_ORDERS.map((order) => (
              <a
                key={order}
                aria-current={order === query.order ? 'page' : undefined}
                href={link(order === 'best' ? null : order)}
              >
                {text(`thread.order.${order}`)}
              </a>
            ))}
          </div>
        </nav>
      </header>
      <ol class="top" role="list">
        <Branches branches={comments.nodes} />
      </ol>
      {(next !== null || !isFirst) && (
        <nav class="pager" aria-label={text('pager.label')}>
          {isFirst ? (
            <span />
          ) : (
            <a href={link(query.order === 'best' ? null : query.order)}>{text('pager.first')}</a>
          )}
          {next && (
            <a class="btn btn--line" rel="next" href={`${next}#talk`}>
              {text('thread.more')}
            </a>
          )}
        </nav>
      )}
    </section>
  );
}

/** The form for an answer, or why there is none. */
function Write({ discussion }: { readonly discussion: DiscussionFragment }) {
  const { text } = usePage();
  const { isAllowed, code, message } = discussion.viewerCan.comment;
  const isRefused = !isAllowed && code !== 'UNAUTHENTICATED';
  return (
    <section class="end" aria-labelledby="write-title">
      <h2 id="write-title">{text('write.answer')}</h2>
      {isRefused ? <p class="note">{message}</p> : <ReplyForm replyTo={null} />}
    </section>
  );
}
