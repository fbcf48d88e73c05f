import { ApiError } from '../../api/api-error.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, redirect } from '../../http/answers.ts';
import { setCookie } from '../../http/cookies.ts';
import type { Visit } from '../../http/visit.ts';

const SignOut = graphql(`
  mutation SignOut($input: SignOutInput!) {
    signOut(input: $input) {
      clientMutationId
    }
  }
`);

/**
 * Ends the session. The cookie goes in any case: it may belong to a session that has ended already. So do the browser's
 * copies of pages, and drafts: the next reader may be another one.
 */
export async function signOut(visit: Visit): Promise<Answer> {
  try {
    if (visit.token !== null) await visit.ask(SignOut, { input: { idempotencyKey: visit.idempotencyKey } });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'UNAUTHENTICATED') throw error;
  }
  const ended = setCookie('parley_session', null, visit.site.isSecure);
  return redirect('/', [ended], { 'clear-site-data': '"cache", "storage"' });
}
