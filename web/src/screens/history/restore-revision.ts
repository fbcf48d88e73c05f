import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, redirect } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { discussionPath, inThread } from '../../parts/paths.ts';
import { findRevision } from './revision-query.ts';

const RestoreDiscussionRevision = graphql(`
  mutation RestoreDiscussionRevision($input: RestoreDiscussionRevisionInput!) {
    restoreDiscussionRevision(input: $input) {
      clientMutationId
    }
  }
`);
const RestoreCommentRevision = graphql(`
  mutation RestoreCommentRevision($input: RestoreCommentRevisionInput!) {
    restoreCommentRevision(input: $input) {
      clientMutationId
    }
  }
`);

/** Makes an earlier text the present one again. It is an edit, which can be undone in the same way. */
export async function restoreRevision(visit: Visit): Promise<Answer> {
  const { node } = await findRevision(visit);
  const { idempotencyKey } = visit;
  const { revision } = node;
  if (node.__typename === 'DiscussionRevision') {
    const { id: discussionId, slug } = node.discussion;
    await visit.ask(RestoreDiscussionRevision, { input: { discussionId, revision, idempotencyKey } });
    return redirect(discussionPath(slug));
  }
  const { id: commentId, discussion } = node.comment;
  await visit.ask(RestoreCommentRevision, { input: { commentId, revision, idempotencyKey } });
  return redirect(inThread(discussion.slug, commentId));
}
