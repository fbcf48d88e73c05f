import type { Problem } from '../../api/api-error.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page, redirect } from '../../http/answers.ts';
import { setCookie } from '../../http/cookies.ts';
import type { Visit } from '../../http/visit.ts';
import { Field, FormKey, Problems, problemOf } from '../../parts/form.tsx';
import { usePage } from '../../parts/page-context.ts';
import { MissingToken, tokenOf } from './mail-token.tsx';

const ResetPassword = graphql(`
  mutation ResetPassword($input: ResetPasswordInput!) {
    resetPassword(input: $input) {
      clientMutationId
    }
  }
`);

/** The page that an e-mail links to. It doesn't use the token up: programs that check e-mails open links too. */
export function showResetPassword(visit: Visit): Answer {
  return resetPasswordPage(visit, []);
}

export async function resetPassword(visit: Visit): Promise<Answer> {
  const input = {
    token: tokenOf(visit),
    newPassword: visit.form.get('newPassword') ?? '',
    idempotencyKey: visit.idempotencyKey,
  };
  const { refusal } = await visit.asGuest().attempt(ResetPassword, { input });
  if (refusal) return resetPasswordPage(visit, refusal.problems);
  // all sessions of the account have ended
  return redirect('/sign-in?reset=yes', [setCookie('parley_session', null, visit.site.isSecure)]);
}

function resetPasswordPage(visit: Visit, problems: readonly Problem[]): Answer {
  const { text } = visit.speech;
  return page({
    status: problems.length > 0 ? 422 : 200,
    title: text('reset.title'),
    view: <ResetPasswordView token={tokenOf(visit)} problems={problems} />,
  });
}

interface ResetPasswordProps {
  readonly token: string;
  readonly problems: readonly Problem[];
}

function ResetPasswordView({ token, problems }: ResetPasswordProps) {
  const { text } = usePage();
  if (token === '') return <MissingToken title={text('reset.title')} />;
  const isTokenRefused = problemOf(problems, 'token') !== undefined;
  return (
    <div class="page page--single">
      <main id="main" class="narrow-form">
        <h1 class="title">{text('reset.title')}</h1>
        <Problems problems={problems} fields={['newPassword']} />
        {isTokenRefused && (
          <p>
            <a href="/forgot-password">{text('forgot.again')}</a>
          </p>
        )}
        <form class="stack" method="post" action="/reset-password">
          <FormKey isForGuests />
          <input type="hidden" name="token" value={token} />
          <Field
            name="newPassword"
            label={text('account.newPassword')}
            hint={text('account.passwordHint')}
            problem={problemOf(problems, 'newPassword')}
          >
            {(control) => (
              <input {...control} class="field" type="password" autocomplete="new-password" required />
            )}
          </Field>
          <div class="write__end">
            <button class="btn btn--main">{text('reset.do')}</button>
          </div>
        </form>
      </main>
    </div>
  );
}
