import type { Problem } from '../../api/api-error.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page, redirect } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { Field, FormKey, Problems, problemOf } from '../../parts/form.tsx';
import { usePage } from '../../parts/page-context.ts';

const RequestPasswordReset = graphql(`
  mutation RequestPasswordReset($input: RequestPasswordResetInput!) {
    requestPasswordReset(input: $input) {
      clientMutationId
    }
  }
`);

export function showForgotPassword(visit: Visit): Answer {
  return forgotPasswordPage(visit, []);
}

/** Sends the e-mail. The page that follows is the same whether or not the address has an account. */
export async function requestPasswordReset(visit: Visit): Promise<Answer> {
  const input = { email: visit.field('email'), idempotencyKey: visit.idempotencyKey };
  const { refusal } = await visit.asGuest().attempt(RequestPasswordReset, { input });
  return refusal ? forgotPasswordPage(visit, refusal.problems) : redirect('/forgot-password?sent=yes');
}

function forgotPasswordPage(visit: Visit, problems: readonly Problem[]): Answer {
  const { text } = visit.speech;
  const isSent = visit.url.searchParams.get('sent') === 'yes' && problems.length === 0;
  return page({
    status: problems.length > 0 ? 422 : 200,
    title: text(isSent ? 'forgot.sentTitle' : 'forgot.title'),
    view: isSent ? <SentView /> : <ForgotPasswordView problems={problems} />,
  });
}

function SentView() {
  const { text } = usePage();
  return (
    <div class="page page--single">
      <main id="main" class="message">
        <h1 class="title">{text('forgot.sentTitle')}</h1>
        <p>{text('forgot.sentText')}</p>
        <p>
          <a href="/forgot-password">{text('forgot.again')}</a>
        </p>
      </main>
    </div>
  );
}

function ForgotPasswordView({ problems }: { readonly problems: readonly Problem[] }) {
  const { visit, text } = usePage();
  return (
    <div class="page page--single">
      <main id="main" class="narrow-form">
        <h1 class="title">{text('forgot.title')}</h1>
        <p class="hint">{text('forgot.text')}</p>
        <Problems problems={problems} fields={['email']} />
        <form class="stack" method="post" action="/forgot-password">
          <FormKey isForGuests />
          <Field name="email" label={text('account.email')} problem={problemOf(problems, 'email')}>
            {(control) => (
              <input
                {...control}
                class="field"
                type="email"
                autocomplete="username"
                required
                value={visit.field('email')}
              />
            )}
          </Field>
          <div class="write__end">
            <a class="btn" href="/sign-in">
              {text('forgot.back')}
            </a>
            <button class="btn btn--main">{text('forgot.do')}</button>
          </div>
        </form>
      </main>
    </div>
  );
}
