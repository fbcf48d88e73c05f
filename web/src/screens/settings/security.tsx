import { type Problem, signInNeeded } from '../../api/api-error.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, page, redirect } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { viewerOf } from '../../parts/frame.ts';
import { withQuery } from '../../parts/paths.ts';
import { SecurityView } from './security-view.tsx';

const SecurityPage = graphql(`
  query SecurityPage($after: String) {
    ...Frame
    viewer {
      account {
        ...AddressAndPassword
      }
      sessions(first: 20, after: $after) {
        nodes {
          id
          ...SessionRow
        }
        pageInfo {
          endCursor
          hasNextPage
        }
      }
    }
  }
`);

const ChangePassword = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) {
      clientMutationId
    }
  }
`);

const RequestConfirmation = graphql(`
  mutation RequestConfirmation($input: RequestEmailConfirmationInput!) {
    requestEmailConfirmation(input: $input) {
      clientMutationId
    }
  }
`);

const EndSession = graphql(`
  mutation EndSession($input: RevokeSessionInput!) {
    revokeSession(input: $input) {
      revokedSessionId
    }
  }
`);

const PATH = '/account/security';

export function showSecurity(visit: Visit): Promise<Answer> {
  return securityPage(visit, []);
}

export async function changePassword(visit: Visit): Promise<Answer> {
  const input = {
    currentPassword: visit.form.get('currentPassword') ?? '',
    newPassword: visit.form.get('newPassword') ?? '',
    idempotencyKey: visit.idempotencyKey,
  };
  const { refusal } = await visit.attempt(ChangePassword, { input });
  return refusal ? securityPage(visit, refusal.problems) : redirect(`${PATH}?done=changed`);
}

/** Sends the e-mail with the link for the confirmation again. */
export async function requestConfirmation(visit: Visit): Promise<Answer> {
  await visit.ask(RequestConfirmation, { input: { idempotencyKey: visit.idempotencyKey } });
  return redirect(`${PATH}?done=sent`);
}

export async function endSession(visit: Visit): Promise<Answer> {
  const input = { sessionId: visit.params['id'] ?? '', idempotencyKey: visit.idempotencyKey };
  await visit.ask(EndSession, { input });
  return redirect(`${PATH}?done=ended`);
}

async function securityPage(visit: Visit, problems: readonly Problem[]): Promise<Answer> {
  const after = visit.url.searchParams.get('after');
  const data = await visit.ask(SecurityPage, { after });
  if (!data.viewer?.sessions) throw signInNeeded();
  const { account, sessions } = data.viewer;
  const { hasNextPage, endCursor } = sessions.pageInfo;
  const next = hasNextPage ? withQuery(new URL(PATH, visit.url), { after: endCursor ?? null }) : null;
  return page({
    status: problems.length > 0 ? 422 : 200,
    title: visit.speech.text('account.tab.security'),
    viewer: viewerOf(data),
    view: <SecurityView account={account} sessions={sessions.nodes} next={next} problems={problems} />,
  });
}
