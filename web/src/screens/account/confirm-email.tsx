import type { Problem } from '../../api/api-error.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page, redirect } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { FormKey, Problems } from '../../parts/form.tsx';
import { usePage } from '../../parts/page-context.ts';
import { MissingToken, tokenOf } from './mail-token.tsx';

const ConfirmEmail = graphql(`
  mutation ConfirmEmail($input: ConfirmEmailInput!) {
    confirmEmail(input: $input) {
      clientMutationId
    }
  }
`);

/** The page that an e-mail links to. It doesn't use the token up: programs that check e-mails open links too. */
export function showConfirmEmail(visit: Visit): Answer {
  return confirmEmailPage(visit, []);
}

/** Confirms the address, in any browser: the link may be opened on another device than the forum. */
export async function confirmEmail(visit: Visit): Promise<Answer> {
  const input = { token: tokenOf(visit), idempotencyKey: visit.idempotencyKey };
  const { refusal } = await visit.asGuest().attempt(ConfirmEmail, { input });
  return refusal ? confirmEmailPage(visit, refusal.problems) : redirect('/confirm-email?done=yes');
}

function confirmEmailPage(visit: Visit, problems: readonly Problem[]): Answer {
  const { text } = visit.speech;
  const isDone = visit.url.searchParams.get('done') === 'yes' && problems.length === 0;
  const title = text(isDone ? 'confirm.doneTitle' : 'confirm.title');
  return page({
    status: problems.length > 0 ? 422 : 200,
    title,
    view: isDone ? <DoneView /> : <ConfirmEmailView token={tokenOf(visit)} problems={problems} />,
  });
}

function DoneView() {
  const { text } = usePage();
  return (
    <div class="page page--single">
      <main id="main" class="message">
        <h1 class="title">{text('confirm.doneTitle')}</h1>
        <p>{text('confirm.doneText')}</p>
        <p>
          <a href="/">{text('error.back')}</a>
        </p>
      </main>
    </div>
  );
}

interface ConfirmEmailProps {
  readonly token: string;
  readonly problems: readonly Problem[];
}

function ConfirmEmailView({ token, problems }: ConfirmEmailProps) {
  const { text } = usePage();
  if (token === '') return <MissingToken title={text('confirm.title')} />;
  return (
    <div class="page page--single">
      <main id="main" class="narrow-form">
        <h1 class="title">{text('confirm.title')}</h1>
        <Problems problems={problems} fields={[]} />
        {problems.length > 0 && <p>{text('confirm.perhapsDone')}</p>}
        <form class="stack" method="post" action="/confirm-email">
          <FormKey isForGuests />
          <input type="hidden" name="token" value={token} />
          <p>{text('confirm.text')}</p>
          <div class="write__end">
            <button class="btn btn--main">{text('confirm.do')}</button>
          </div>
        </form>
      </main>
    </div>
  );
}
