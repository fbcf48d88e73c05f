import type { Problem } from '../../api/api-error.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, type Page, page } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { Field, Problems, problemOf } from '../../parts/form.tsx';
import { usePage } from '../../parts/page-context.ts';
import { isSignInPath } from '../../parts/paths.ts';
import { withReader } from '../errors/error-pages.tsx';
import { begin, CarriedForm } from './carried-form.tsx';

const SignIn = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      token
    }
  }
`);

export function showSignIn(visit: Visit): Promise<Answer> {
  return withReader(visit, signInPage(visit, []));
}

export async function signIn(visit: Visit): Promise<Answer> {
  // from the sign-up page, with what it carries
  if (visit.form.get('step') === 'form') return signInPage(visit, []);
  const input = {
    email: visit.field('email'),
    password: visit.form.get('password') ?? '',
    idempotencyKey: visit.idempotencyKey,
  };
  const { data, refusal } = await visit.asGuest().attempt(SignIn, { input });
  return data ? begin(visit, data.signIn.token) : signInPage(visit, refusal.problems);
}

function signInPage(visit: Visit, problems: readonly Problem[]): Page {
  const { text } = visit.speech;
  return page({
    status: problems.length > 0 ? 422 : 200,
    title: text('signIn.title'),
    view: <SignInView problems={problems} />,
  });
}

interface SignInProps {
  readonly problems?: readonly Problem[];
  /** Why this page is here in place of another one. */
  readonly reason?: string;
}

export function SignInView({ problems = [], reason }: SignInProps) {
  const { visit, text } = usePage();
  return (
    <div class="page page--single">
      <main id="main" class="narrow-form">
        <h1 class="title">{text('signIn.title')}</h1>
        {reason && <p class="note">{reason}</p>}
        {visit.url.searchParams.get('reset') === 'yes' && problems.length === 0 && (
          <p class="note" role="status">
            {text('signIn.afterReset')}
          </p>
        )}
        <Problems problems={problems} fields={['email', 'password']} />
        <form class="stack" method="post" action="/sign-in">
          <CarriedForm visit={visit} />
          <Field name="email" label={text('account.email')} problem={problemOf(problems, 'email')}>
            {(control) => (
              <input
                {...control}
                class="field"
                type="email"
                autocomplete="username"
                required
                value={isSignInPath(visit.url.pathname) ? visit.field('email') : ''}
              />
            )}
          </Field>
          <Field name="password" label={text('account.password')} problem={problemOf(problems, 'password')}>
            {(control) => (
              <input {...control} class="field" type="password" autocomplete="current-password" required />
            )}
          </Field>
          <p>
            <a href="/forgot-password">{text('signIn.forgot')}</a>
          </p>
          <div class="write__end">
            <button class="btn btn--main">{text('signIn.do')}</button>
            <button class="btn" formaction="/sign-up" formnovalidate name="step" value="form">
              {text('signIn.noAccount')}
            </button>
          </div>
        </form>
      </main>
    </div>
  );
}
