import type { ComponentChildren } from 'preact';
import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import type { Visit } from '../../http/visit.ts';
import { PageForm } from '../../parts/form.tsx';
import { usePage } from '../../parts/page-context.ts';
import { withQuery } from '../../parts/paths.ts';
import { Sentence } from '../../parts/sentence.tsx';
import { Answered } from './answered.tsx';
import { DiscussionRail } from './discussion-rail.tsx';
import { NewsNote } from './news.tsx';
import { Notices } from './notices.tsx';
import { Question } from './question.tsx';
import { ReplyForm } from './reply-form.tsx';
import { type Branch, Branches, type ItemRef } from './thread.tsx';
import { type Draft, type Represented, ThreadContext, threadOf, useThread } from './thread-context.ts';
import { COMMENT_ORDERS, type ThreadQuery, threadPath } from './thread-query.ts';

const Discussion = graphql(`
  fragment Discussion on Discussion {
    commentCount
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
  /** The way back to the first page. Null on the first page. */
  readonly first: string | null;
  readonly draft: Draft;
  readonly isVotingWhenLockedAllowed: boolean;
  readonly represented: FragmentType<typeof Represented>;
  /** What is said above the question. */
  readonly above?: ComponentChildren;
}

export function DiscussionView(props: ViewProps) {
  const { discussion: ref, comments, query, next, first, draft, represented, above } = props;
  const { visit } = usePage();
  const discussion = readFragment(Discussion, ref);
  return (
    <ThreadContext.Provider
      value={threadOf(discussion, draft, replyPathOn(visit), props.isVotingWhenLockedAllowed, represented)}
    >
      <div class="page">
        <main id="main">
          <PageForm />
          {above}
          <Notices discussion={discussion} />
          <Question discussion={discussion} />
          <Answered discussion={discussion} />
          <Talk count={discussion.commentCount} comments={comments} query={query} next={next} first={first} />
          <Write />
          <NewsNote discussion={discussion} />
        </main>
        <DiscussionRail discussion={discussion} />
      </div>
    </ThreadContext.Provider>
  );
}

/** Where the form for a reply to a comment is: on this page. The answer to a form has another address. */
function replyPathOn({ here, site, method }: Visit): (id: string) => string {
  const url = new URL(here, site.url);
  const path = method === 'POST' ? url.pathname : '';
  const query = withQuery(url, { reply: null }).slice(url.pathname.length);
  const opener = `${path}${query}${query === '' ? '?' : '&'}reply=`;
  return (id) => `${opener}${encodeURIComponent(id)}#reply-body`;
}

interface TalkProps extends Pick<ViewProps, 'comments' | 'query' | 'next' | 'first'> {
  readonly count: number;
}

/** The comments, an order for them, and the way to more. */
function Talk({ count, comments, query, next, first }: TalkProps) {
  const { visit, text } = usePage();
  const { slug } = useThread();
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
                href={`${threadPath(visit, slug, order)}#talk`}
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
      {(next ?? first) !== null && (
        <nav class="pager" aria-label={text('pager.label')}>
          {first === null ? <span /> : <a href={`${first}#talk`}>{text('pager.first')}</a>}
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
function Write() {
  const { text } = usePage();
  const { draft, refusal } = useThread();
  // the form says why it was refused
  const hasText = draft.replyToId === null && draft.body !== '';
  return (
    <section class="end" aria-labelledby="write-title">
      <h2 id="write-title">{text('write.answer')}</h2>
      {refusal && !hasText ? (
        <p class="note">
          <Sentence {...refusal} />
        </p>
      ) : (
        <ReplyForm replyTo={null} />
      )}
    </section>
  );
}
