import { type FragmentType, graphql, readFragment } from '../../generated/graphql/index.ts';
import { FormKey, PageForm, ReturnHere } from '../../parts/form.tsx';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath } from '../../parts/paths.ts';
import { Sentence } from '../../parts/sentence.tsx';
import { WriteForm } from '../../parts/write-form.tsx';
import { ReplyForm } from '../discussion/reply-form.tsx';
import { type Branch, Branches, type ItemRef } from '../discussion/thread.tsx';
import { type Draft, ThreadContext, threadOf } from '../discussion/thread-context.ts';
import { framePath } from './embed-query.ts';

const Discussion = graphql(`
  fragment EmbeddedDiscussion on Discussion {
    slug
    commentCount
    ...Thread
  }
`);

interface ViewProps {
  /** Null: nobody has commented yet. */
  readonly discussion: FragmentType<typeof Discussion> | null;
  readonly comments: { readonly nodes: readonly (Branch & ItemRef)[] } | null;
  readonly next: string | null;
  readonly isFirst: boolean;
  /** Whether the first comment can start the discussion. */
  readonly mayStart: boolean;
  readonly externalId: string;
  readonly draft: Draft;
  readonly isVotingWhenLockedAllowed: boolean;
}

export function EmbedView({ discussion: ref, ...rest }: ViewProps) {
  const { visit, text } = usePage();
  const discussion = ref && readFragment(Discussion, ref);
  const thread = threadOf(
    discussion,
    rest.draft,
    (id) => `${framePath(visit, { reply: id, comment: null })}#reply-body`,
    rest.isVotingWhenLockedAllowed,
  );
  const closed = rest.mayStart ? null : { message: text('embed.notOpen'), isOwn: true };
  const refusal = discussion ? thread.refusal : closed;
  // the form says why it was refused
  const hasText = rest.draft.replyToId === null && rest.draft.body !== '';
  return (
    <ThreadContext.Provider value={thread}>
      <main id="main" class="stack">
        <PageForm />
        <h1 id="talk">{text('thread.count', { count: discussion?.commentCount ?? 0 })}</h1>
        <Talk {...rest} />
        <section aria-labelledby="write-title">
          <h2 id="write-title">{text('embed.write')}</h2>
          {refusal && !hasText ? (
            <p class="note">
              <Sentence {...refusal} />
            </p>
          ) : discussion ? (
            <ReplyForm replyTo={null} />
          ) : (
            <FirstForm externalId={rest.externalId} draft={rest.draft} />
          )}
        </section>
      </main>
      <Reader slug={discussion?.slug ?? null} />
    </ThreadContext.Provider>
  );
}

function Talk({ comments, next, isFirst }: Pick<ViewProps, 'comments' | 'next' | 'isFirst'>) {
  const { visit, text } = usePage();
  if (comments === null || comments.nodes.length === 0) return <p class="empty">{text('embed.empty')}</p>;
  return (
    <section class="talk" aria-labelledby="talk">
      <ol class="top" role="list">
        <Branches branches={comments.nodes} />
      </ol>
      {(next !== null || !isFirst) && (
        <nav class="pager" aria-label={text('pager.label')}>
          {isFirst ? (
            <span />
          ) : (
            <a target="_self" href={framePath(visit, { after: null, comment: null, reply: null })}>
              {text('pager.first')}
            </a>
          )}
          {next && (
            <a class="btn btn--line" rel="next" target="_self" href={next}>
              {text('thread.more')}
            </a>
          )}
        </nav>
      )}
    </section>
  );
}

/** The form that starts the discussion. Each page has an address of its own, which keeps their drafts apart. */
function FirstForm({ externalId, draft }: Pick<ViewProps, 'externalId' | 'draft'>) {
  const { viewer, text } = usePage();
  return (
    <WriteForm
      id="write"
      action={`/embed/comments/${Buffer.from(externalId).toString('base64url')}`}
      label={text('embed.write')}
      isLabelHidden
      hint={viewer === null ? text('write.guest') : text('write.markdown')}
      submit={text(viewer === null ? 'write.signInAndPost' : 'embed.post')}
      body={draft.body}
      previewHTML={draft.previewHTML}
      problems={draft.problems}
    />
  );
}

/** Who reads, and the way to the discussion in the forum. */
function Reader({ slug }: { readonly slug: string | null }) {
  const { viewer, visit, text, site } = usePage();
  return (
    <footer class="embedded__end">
      <form
        method="post"
        action={viewer ? '/embed/sign-out' : '/embed/session'}
        target="_self"
        data-frame={viewer ? 'sign-out' : undefined}
      >
        <FormKey />
        <ReturnHere />
        {viewer && <span dir="auto">{viewer.name}</span>}
        {(viewer || visit.token === null) && (
          <button class="btn btn--small">{text(viewer ? 'frame.signOut' : 'frame.signIn')}</button>
        )}
      </form>
      <a href={slug === null ? '/' : discussionPath(slug)}>{text('embed.open', { site: site.name })}</a>
    </footer>
  );
}
