import type { ComponentChildren } from 'preact';
import { notFound, requirePermission } from '../../api/api-error.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { Field, FormKey, Problems } from '../../parts/form.tsx';
import { viewerOf } from '../../parts/frame.ts';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath, duplicatePath } from '../../parts/paths.ts';
import { leadOnIfMerged } from '../errors/merged-discussion.ts';
import { DeletionReason, type SentReason } from './deletion-reason.tsx';
import { FormEnd, ModeratorPage } from './moderator-page.tsx';
import { CLOSE_REASONS, LOCK_REASONS } from './reasons.ts';

const ModeratePage = graphql(`
  query ModeratePage($slug: String!) {
    ...Frame
    discussion(slug: $slug) {
      id
      slug
      title
      commentCount
      viewerCan {
        lock {
          isAllowed
          code
          message
        }
        close {
          isAllowed
          code
          message
        }
        pin {
          isAllowed
          code
          message
        }
        delete {
          isAllowed
          code
          message
        }
      }
    }
  }
`);

const ACTIONS = ['lock', 'close', 'pin', 'delete'] as const;
type Action = (typeof ACTIONS)[number];

/** The form for what has a reason or a label: `?action=lock`, `close`, `pin` or `delete`. */
export async function showModerate(visit: Visit, sent: SentReason | null = null): Promise<Answer> {
  const chosen = visit.method === 'POST' ? visit.field('action') : visit.url.searchParams.get('action');
  const action = ACTIONS.find((one) => one === chosen);
  const data = await visit.ask(ModeratePage, { slug: visit.params['slug'] ?? '' });
  if (!data.discussion || action === undefined) throw notFound();
  const merged = leadOnIfMerged(visit, data.discussion);
  if (merged) return merged;
  requirePermission(data.discussion.viewerCan[action]);
  return page({
    status: sent === null ? 200 : 422,
    title: visit.speech.text(`moderate.${action}`),
    viewer: viewerOf(data),
    view: <ModerateView action={action} sent={sent} {...data.discussion} />,
  });
}

interface ModerateProps {
  readonly action: Action;
  readonly sent: SentReason | null;
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly commentCount: number;
}

function ModerateView({ action, sent, id, slug, title, commentCount }: ModerateProps) {
  const { text } = usePage();
  const path = discussionPath(slug);
  return (
    <ModeratorPage title={text(`moderate.${action}`)} about={{ slug, title }}>
      <form class="stack" method="post" action={`${path}/moderate`}>
        <FormKey />
        <input type="hidden" name="discussion" value={id} />
        <input type="hidden" name="action" value={action} />
        <Problems problems={sent?.problems ?? []} fields={['reason']} />
        {action === 'delete' ? <Deletion sent={sent} count={commentCount} /> : <Choices action={action} />}
        {action === 'close' && (
          <p>
            <a href={duplicatePath(slug)}>{text('moderate.closeAsDuplicate')}</a>
          </p>
        )}
        <FormEnd back={path} submit={text(`menu.${action}`)} isDeletion={action === 'delete'} />
      </form>
    </ModeratorPage>
  );
}

function Deletion({ sent, count }: Pick<ModerateProps, 'sent'> & { readonly count: number }) {
  const { text } = usePage();
  return (
    <>
      <p>{text('delete.effect', { count })}</p>
      <DeletionReason sent={sent} />
    </>
  );
}

function Choices({ action }: { readonly action: Exclude<Action, 'delete'> }): ComponentChildren {
  const { text } = usePage();
  if (action === 'pin')
    return (
      <Field name="label" label={text('moderate.label')} hint={text('moderate.labelHint')}>
        {(control) => <input {...control} class="field" dir="auto" maxlength={200} />}
      </Field>
    );
  const reasons =
    action === 'lock'
      ? LOCK_REASONS.map((reason) => [reason, text(`moderate.lock.${reason}`)] as const)
      : CLOSE_REASONS.map((reason) => [reason, text(`moderate.close.${reason}`)] as const);
  return (
    <Field name="reason" label={text('moderate.reason')}>
      {(control) => (
        <select {...control} class="field">
          <option value="">{text('moderate.noReason')}</option>
          {reasons.map(([reason, label]) => (
            <option key={reason} value={reason}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
