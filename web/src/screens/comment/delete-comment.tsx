import { notFound, requirePermission } from '../../api/api-error.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page, redirect } from '../../http/answers.ts';
import { localPath } from '../../http/local-path.ts';
import type { Visit } from '../../http/visit.ts';
import { nameOf } from '../../parts/author.tsx';
import { FormKey, Problems } from '../../parts/form.tsx';
import { viewerOf } from '../../parts/frame.ts';
import { commentPath, discussionPath, inThread, withQuery } from '../../parts/paths.ts';
import { shortened } from '../../parts/shortened.ts';
import { DeletionReason, refusedReason, type SentReason } from '../moderate/deletion-reason.tsx';
import { FormEnd, ModeratorPage } from '../moderate/moderator-page.tsx';

/** How much of the comment is shown. */
const EXCERPT_UNITS = 300;

const CommentToDelete = graphql(`
  query CommentToDelete($id: ID!) {
    ...Frame
    node(id: $id) {
      __typename
      ... on Comment {
        id
        isDeleted
        bodyText
        author {
          ...AuthorName
        }
        discussion {
          slug
          title
        }
        viewerCan {
          delete {
            isAllowed
            code
            message
          }
        }
      }
    }
  }
`);

const DeleteComment = graphql(`
  mutation DeleteComment($input: DeleteCommentInput!) {
    deleteComment(input: $input) {
      deletedCommentId
    }
  }
`);

const RestoreComment = graphql(`
  mutation RestoreComment($input: RestoreCommentInput!) {
    restoreComment(input: $input) {
      comment {
        id
        discussion {
          slug
        }
      }
    }
  }
`);

/** The form to delete somebody else's comment with a reason. `?return=`: where it leads. */
export async function showDeleteComment(visit: Visit, sent: SentReason | null = null): Promise<Answer> {
  const data = await visit.ask(CommentToDelete, { id: visit.params['id'] ?? '' });
  const comment = data.node?.__typename === 'Comment' ? data.node : null;
  if (!comment) throw notFound();
  if (comment.isDeleted && sent === null) return redirect(commentPath(comment.discussion.slug, comment.id));
  requirePermission(comment.viewerCan.delete);
  const { id, bodyText, author, discussion } = comment;
  const { text } = visit.speech;
  const chosen = visit.form.get('return') ?? visit.url.searchParams.get('return');
  return page({
    status: sent === null ? 200 : 422,
    title: text('delete.comment'),
    viewer: viewerOf(data),
    view: (
      <ModeratorPage title={text('delete.comment')} about={discussion}>
        <form class="stack" method="post" action={`/comments/${id}/delete`}>
          <FormKey />
          <input
            type="hidden"
            name="return"
            value={chosen === null ? discussionPath(discussion.slug) : localPath(chosen)}
          />
          <Problems problems={sent?.problems ?? []} fields={['reason']} />
          <section class="side">
            <p class="side__label" dir="auto">
              {nameOf(text, author ?? null)}
            </p>
            <p class="side__text" dir="auto">
              {shortened(bodyText, EXCERPT_UNITS)}
            </p>
          </section>
          <DeletionReason sent={sent} />
          <FormEnd back={inThread(discussion.slug, id)} submit={text('menu.delete')} isDeletion />
        </form>
      </ModeratorPage>
    ),
  });
}

/** Deletes a comment. The page that follows offers to undo it. */
export async function deleteComment(visit: Visit): Promise<Answer> {
  const commentId = visit.params['id'] ?? '';
  const reason = visit.field('reason');
  const input = { commentId, reason: reason || null, idempotencyKey: visit.idempotencyKey };
  const { refusal } = await visit.attempt(DeleteComment, { input });
  if (refusal) return showDeleteComment(visit, refusedReason(reason, refusal));
  const here = new URL(localPath(visit.form.get('return')), visit.site.url);
  return redirect(withQuery(here, { deleted: commentId, comment: null, reply: null }));
}

export async function restoreComment(visit: Visit): Promise<Answer> {
  const commentId = visit.params['id'] ?? '';
  const input = { commentId, idempotencyKey: visit.idempotencyKey };
  const { comment } = (await visit.ask(RestoreComment, { input })).restoreComment;
  if (!comment) return redirect(localPath(visit.form.get('return')));
  return redirect(inThread(comment.discussion.slug, comment.id));
}
