import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, redirect } from '../../http/answers.ts';
import { localPath } from '../../http/local-path.ts';
import type { Visit } from '../../http/visit.ts';
import { inThread, withQuery } from '../../parts/paths.ts';

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

/** Deletes a comment. The page that follows offers to undo it. */
export async function deleteComment(visit: Visit): Promise<Answer> {
  const commentId = visit.params['id'] ?? '';
  await visit.ask(DeleteComment, { input: { commentId, idempotencyKey: visit.idempotencyKey } });
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
