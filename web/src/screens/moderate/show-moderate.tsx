import type { ComponentChildren } from 'preact';
import { notFound } from '../../api/api-error.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { Field, FormKey } from '../../parts/form.tsx';
import { viewerOf } from '../../parts/frame.ts';
import { usePage } from '../../parts/page-context.ts';
import { discussionPath } from '../../parts/paths.ts';
import { CLOSE_REASONS, LOCK_REASONS } from './reasons.ts';

const ModeratePage = graphql(`
  query ModeratePage($slug: String!) {
    ...Frame
    discussion(slug: $slug) {
      id
      slug
      title
    }
  }
`);

const ACTIONS = ['lock', 'close', 'pin'] as const;
type Action = (typeof ACTIONS)[number];

/** The form for what has a reason or a label: `?action=lock`, `close` or `pin`. */
export async function showModerate(visit: Visit): Promise<Answer> {
  const action = ACTIONS.find((one) => one === visit.url.searchParams.get('action'));
  const data = await visit.ask(ModeratePage, { slug: visit.params['slug'] ?? '' });
  if (!data.discussion || action === undefined) throw notFound();
  return page({
    title: visit.speech.text(`moderate.${action}`),
    viewer: viewerOf(data),
    head: <meta name="robots" content="noindex" />,
    view: <ModerateView action={action} {...data.discussion} />,
  });
}

interface ModerateProps {
  readonly action: Action;
  readonly id: string;
  readonly slug: string;
  readonly title: string;
}

function ModerateView({ action, id, slug, title }: ModerateProps) {
  const { text } = usePage();
  const path = discussionPath(slug);
  return (
    <div class="page page--single">
      <main id="main" class="narrow-form">
        <h1 class="title">{text(`moderate.${action}`)}</h1>
        <p class="hint" dir="auto">
          {title}
        </p>
        <form class="stack" method="post" action={`${path}/moderate`}>
          <FormKey />
          <input type="hidden" name="discussion" value={id} />
          <input type="hidden" name="action" value={action} />
          <Choices action={action} />
          <div class="write__end">
            <a class="btn" href={path}>
              {text('write.cancel')}
            </a>
            <button class="btn btn--main">{text(`menu.${action}`)}</button>
          </div>
        </form>
      </main>
    </div>
  );
}

function Choices({ action }: { readonly action: Action }): ComponentChildren {
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
