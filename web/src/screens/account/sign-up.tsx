import type { Problem } from '../../api/api-error.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { Field, Problems, problemOf } from '../../parts/form.tsx';
import { usePage } from '../../parts/page-context.ts';
import { begin, CarriedForm } from './carried-form.tsx';

const CreateAccount = graphql(`
  mutation CreateAccount($input: CreateAccountInput!) {
    createAccount(input: $input) {
      token
    }
  }
`);

const FIELDS = ['email', 'password', 'name', 'jobTitle', 'company'] as const;

export function showSignUp(visit: Visit): Answer {
  return signUpPage(visit, []);
}

export async function signUp(visit: Visit): Promise<Answer> {
  // from the sign-in page, with what it carries
  if (visit.form.get('step') === 'form') return signUpPage(visit, []);
  const optional = (name: string) => visit.field(name) || null;
  const input = {
    email: visit.field('email'),
    password: visit.form.get('password') ?? '',
    name: visit.field('name'),
    jobTitle: optional('jobTitle'),
    company: optional('company'),
    idempotencyKey: visit.idempotencyKey,
  };
  const { data, refusal } = await visit.asGuest().attempt(CreateAccount, { input });
  return data ? begin(visit, data.createAccount.token) : signUpPage(visit, refusal.problems);
}

function signUpPage(visit: Visit, problems: readonly Problem[]): Answer {
  const { text } = visit.speech;
  return page({
    status: problems.length > 0 ? 422 : 200,
    title: text('signUp.title'),
    view: <SignUpView problems={problems} />,
  });
}

function SignUpView({ problems }: { readonly problems: readonly Problem[] }) {
  const { visit, text } = usePage();
  const inputs = [
    { name: 'name', type: 'text', autocomplete: 'name', required: true },
    { name: 'email', type: 'email', autocomplete: 'username', required: true },
    { name: 'password', type: 'password', autocomplete: 'new-password', required: true },
    { name: 'jobTitle', type: 'text', autocomplete: 'organization-title', required: false },
    { name: 'company', type: 'text', autocomplete: 'organization', required: false },
  ] as const;
  return (
    <div class="page page--single">
      <main id="main" class="narrow-form">
        <h1 class="title">{text('signUp.title')}</h1>
        <Problems problems={problems} fields={FIELDS} />
        <form class="stack" method="post" action="/sign-up">
          <CarriedForm visit={visit} />
          {inputs.map(({ name, ...attributes }) => (
            <Field
              key={name}
              name={name}
              label={text(`account.${name}`)}
              hint={name === 'password' ? text('account.passwordHint') : undefined}
              problem={problemOf(problems, name)}
            >
              {(control) => (
                <input
                  {...control}
                  {...attributes}
                  class="field"
                  dir={name === 'name' ? 'auto' : undefined}
                  value={name === 'password' ? '' : visit.field(name)}
                />
              )}
            </Field>
          ))}
          <div class="write__end">
            <button class="btn btn--main">{text('signUp.do')}</button>
            <button class="btn" formaction="/sign-in" formnovalidate name="step" value="form">
              {text('signUp.haveAccount')}
            </button>
          </div>
        </form>
      </main>
    </div>
  );
}
