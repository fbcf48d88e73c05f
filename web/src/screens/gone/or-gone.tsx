import type { ComponentChildren } from 'preact';
import { ApiError } from '../../api/api-error.ts';
import type { GonePageQuery } from '../../generated/graphql/graphql.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page } from '../../http/answers.ts';
import type { Handler } from '../../http/routes.ts';
import type { Visit } from '../../http/visit.ts';
import { AuthorLine } from '../../parts/author.tsx';
import { viewerOf } from '../../parts/frame.ts';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath, inThread } from '../../parts/paths.ts';
import { Prose } from '../../parts/prose.tsx';
import { Deletion, Restore } from './deletion.tsx';

const GonePage = graphql(`
  query GonePage($slug: String!, $commentId: ID!, $hasComment: Boolean!) {
    ...Frame
    viewer {
      deletedDiscussion(slug: $slug) {
        discussionId
        slug
        title
        bodyHTML
        commentCount
        deletedAt
        deletionReason
        deletedBy {
          ...AuthorName
        }
        author {
          ...AuthorName
        }
      }
      deletedComment(commentId: $commentId) @include(if: $hasComment) {
        commentId
        bodyHTML
        deletedAt
        deletionReason
        deletedBy {
          ...AuthorName
        }
        author {
          ...AuthorName
        }
        discussion {
          slug
          title
        }
      }
    }
  }
`);

type Viewer = NonNullable<GonePageQuery['viewer']>;

/**
 * A page of a discussion or of a comment. If it is not found because it was deleted, those who can restore it get 410 and
 * a page that says so. For everyone else there is no such page, as there is no such discussion in the API.
 */
export function orGone(handler: Handler): Handler {
  return async (visit) => {
    try {
      return await handler(visit);
    } catch (error) {
      const isMissing = error instanceof ApiError && error.code === 'NOT_FOUND' && visit.token !== null;
      const gone = isMissing ? await findGone(visit) : null;
      if (gone === null) throw error;
      return gone;
    }
  };
}

async function findGone(visit: Visit): Promise<Answer | null> {
  const { slug = '', id } = visit.params;
  const data = await visit.ask(GonePage, { slug, commentId: id ?? '', hasComment: id !== undefined });
  const { deletedDiscussion = null, deletedComment = null } = data.viewer ?? {};
  const comment = deletedComment?.discussion.slug === slug ? deletedComment : null;
  if (!deletedDiscussion && !comment) return null;
  return page({
    status: 410,
    title: visit.speech.text(deletedDiscussion ? 'gone.discussion' : 'gone.comment'),
    viewer: viewerOf(data),
    view: deletedDiscussion ? (
      <GoneDiscussion discussion={deletedDiscussion} />
    ) : (
      comment && <GoneComment comment={comment} />
    ),
  });
}

function GoneDiscussion({ discussion }: { readonly discussion: NonNullable<Viewer['deletedDiscussion']> }) {
  const { text } = usePage();
  const { discussionId, slug, title, commentCount } = discussion;
  return (
    <GoneView
      title={text('gone.discussion')}
      hint={text('gone.discussionHint', { count: commentCount })}
      post={discussion}
      heading={<h2 dir="auto">{title}</h2>}
    >
      <Restore
        action={`${discussionPath(slug)}/moderate`}
        fields={{ discussion: discussionId, action: 'restore' }}
      />
    </GoneView>
  );
}

function GoneComment({ comment }: { readonly comment: NonNullable<Viewer['deletedComment']> }) {
  const { text } = usePage();
  const { commentId, discussion } = comment;
  return (
    <GoneView
      title={text('gone.comment')}
      hint={text('gone.commentHint')}
      post={comment}
      heading={
        <p>
          {text('gone.in')}{' '}
          <a href={discussionPath(discussion.slug)} dir="auto">
            {discussion.title}
          </a>
        </p>
      }
    >
      <Restore
        action={`/comments/${commentId}/restore`}
        fields={{ return: inThread(discussion.slug, commentId) }}
      />
    </GoneView>
  );
}

interface GoneViewProps {
  readonly title: string;
  readonly hint: string;
  readonly post: Parameters<typeof Deletion>[0] & {
    readonly bodyHTML: string;
    readonly author?: Parameters<typeof AuthorLine>[0]['author'];
  };
  readonly heading: ComponentChildren;
  /** The button that restores it. */
  readonly children: ComponentChildren;
}

function GoneView({ title, hint, post, heading, children }: GoneViewProps) {
  return (
    <div class="page page--single">
      <main id="main" class="message">
        <h1 class="title">{title}</h1>
        <Deletion {...post} />
        <p class="hint">{hint}</p>
        {children}
        <article class="gone">
          {heading}
          <div class="who">
            <AuthorLine author={post.author ?? null} />
          </div>
          <Prose html={post.bodyHTML} />
        </article>
      </main>
    </div>
  );
}
