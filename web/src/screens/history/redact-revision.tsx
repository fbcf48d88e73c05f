import { requirePermission } from '../../api/api-error.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page, redirect } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { nameOf } from '../../parts/author.tsx';
import { Field, FormKey, Problems, problemOf } from '../../parts/form.tsx';
import { viewerOf } from '../../parts/frame.ts';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath } from '../../parts/paths.ts';
import { shortened } from '../../parts/shortened.ts';
import { refusedReason, type SentReason } from '../moderate/deletion-reason.tsx';
import { FormEnd, ModeratorPage } from '../moderate/moderator-page.tsx';
import { findRevision, type RevisionNode } from './revision-query.ts';

const RedactDiscussionRevision = graphql(`
  mutation RedactDiscussionRevision($input: RedactDiscussionRevisionInput!) {
    redactDiscussionRevision(input: $input) {
      clientMutationId
    }
  }
`);
const RedactCommentRevision = graphql(`
  mutation RedactCommentRevision($input: RedactCommentRevisionInput!) {
    redactCommentRevision(input: $input) {
      clientMutationId
    }
  }
`);

/** How much of the text is shown. */
const EXCERPT_UNITS = 600;

/** The form to remove an earlier text, which cannot be undone. The present one, and one that is removed, have no form. */
export async function showRedactRevision(visit: Visit, sent: SentReason | null = null): Promise<Answer> {
  const { data, node } = await findRevision(visit);
  const about = node.__typename === 'DiscussionRevision' ? node.discussion : node.comment;
  requirePermission(about.viewerCan.redactRevision);
  const isRemovable = node.redactedAt === null && node.revision !== about.revision;
  if (sent === null && !isRemovable) return redirect(historyOf(node));
  return page({
    status: sent === null ? 200 : 422,
    title: visit.speech.text('redact.title'),
    viewer: viewerOf(data),
    view: <RedactView node={node} sent={sent} />,
  });
}

export async function redactRevision(visit: Visit): Promise<Answer> {
  const { node } = await findRevision(visit);
  const reason = visit.field('reason');
  const { idempotencyKey } = visit;
  const input = { revision: node.revision, reason: reason || null, idempotencyKey };
  const { refusal } =
    node.__typename === 'DiscussionRevision'
      ? await visit.attempt(RedactDiscussionRevision, {
          input: { ...input, discussionId: node.discussion.id },
        })
      : await visit.attempt(RedactCommentRevision, { input: { ...input, commentId: node.comment.id } });
  if (refusal) return showRedactRevision(visit, refusedReason(reason, refusal));
  return redirect(historyOf(node));
}

function historyOf(node: RevisionNode): string {
  return node.__typename === 'DiscussionRevision'
    ? `${discussionPath(node.discussion.slug)}/history`
    : `/comments/${node.comment.id}/history`;
}

function RedactView({ node, sent }: { readonly node: RevisionNode; readonly sent: SentReason | null }) {
  const { visit, text } = usePage();
  const problem = problemOf(sent?.problems ?? [], 'reason');
  const isQuestion = node.__typename === 'DiscussionRevision';
  return (
    <ModeratorPage
      title={text('redact.title')}
      about={isQuestion ? node.discussion : node.comment.discussion}
    >
      <form class="stack" method="post" action={`/revisions/${visit.params['id']}/redact`}>
        <FormKey />
        <Problems problems={sent?.problems ?? []} fields={['reason']} />
        <section class="side">
          <p class="side__label" dir="auto">
            {text('history.revision', { number: node.revision })}, {nameOf(text, node.editor ?? null)}
          </p>
          {isQuestion && <h2 dir="auto">{node.title}</h2>}
          <p class="side__text" dir="auto">
            {shortened(node.body, EXCERPT_UNITS)}
          </p>
        </section>
        <p>{text('redact.effect')}</p>
        <Field name="reason" label={text('delete.reason')} hint={text('redact.reasonHint')} problem={problem}>
          {(control) => <input {...control} class="field" dir="auto" maxlength={200} value={sent?.reason} />}
        </Field>
        <FormEnd back={historyOf(node)} submit={text('history.redact')} />
      </form>
    </ModeratorPage>
  );
}
