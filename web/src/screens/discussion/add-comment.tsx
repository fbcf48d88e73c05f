import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, redirect } from '../../http/answers.ts';
import { previewJson, previewProblems } from '../../http/preview-answer.ts';
import type { Visit } from '../../http/visit.ts';
import { discussionPath, inThread } from '../../parts/paths.ts';
import { framePath } from '../embed/embed-query.ts';
import { showEmbed } from '../embed/show-embed.tsx';
import { showDiscussion } from './show-discussion.tsx';
import type { Draft } from './thread-context.ts';

export const AddComment = graphql(`
  mutation AddComment($input: AddCommentInput!) {
    addComment(input: $input) {
      comment {
        id
      }
    }
  }
`);

export const PreviewComment = graphql(`
  query PreviewComment($input: PreviewCommentInput!) {
    previewComment(input: $input) {
      bodyHTML
      problems {
        code
        field
        message
      }
    }
  }
`);

/** Posts a comment, or shows how it would look. */
export async function addComment(visit: Visit): Promise<Answer> {
  const slug = visit.params['slug'] ?? '';
  const input = {
    discussionId: visit.field('discussion'),
    replyToId: visit.field('replyTo') || null,
    body: visit.form.get('body') ?? '',
    isOfficial: visit.form.has('isOfficial'),
  };
  const show = visit.isEmbedded ? showEmbed : showDiscussion;
  const draft: Draft = { ...input, previewHTML: null, problems: [] };
  if (visit.form.get('intent') === 'preview') {
    const { data, refusal } = await visit.attempt(PreviewComment, { input });
    const { bodyHTML: previewHTML = null, problems: found = [] } = data?.previewComment ?? {};
    const problems = refusal?.problems ?? previewProblems(found);
    return visit.wantsJson
      ? previewJson(visit, previewHTML, problems)
      : show(visit, { ...draft, previewHTML, problems });
  }
  const { data, refusal } = await visit.attempt(AddComment, {
    input: { ...input, idempotencyKey: visit.idempotencyKey },
  });
  if (refusal) return show(visit, { ...draft, problems: refusal.problems });
  // a hash alone would not show a comment that is on another page
  const id = data.addComment.comment?.id;
  if (visit.isEmbedded)
    return redirect(`${framePath(visit, { comment: id ?? null, reply: null })}#${id ?? ''}`);
  return redirect(id === undefined ? discussionPath(slug) : inThread(slug, id));
}
