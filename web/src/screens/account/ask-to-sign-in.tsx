import { type Page, page } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { frameSignInPage } from '../embed/frame-sign-in.tsx';
import { carriedFields } from './carried-form.tsx';
import { SignInView } from './sign-in.tsx';

/** The sign-in page in place of a page that guests may not see, or of a form that they may not send. */
export function askToSignIn(visit: Visit, cookies: readonly string[]): Page {
  // nobody types a password into a frame
  if (visit.isEmbedded) return frameSignInPage(visit, cookies);
  const { text } = visit.speech;
  return page({
    status: 401,
    title: text('signIn.title'),
    cookies,
    view: <SignInView reason={reasonOf(visit)} />,
  });
}

/** Why to sign in: what was written is sent after it, or what was pressed is done. A session may have ended meanwhile. */
function reasonOf(visit: Visit): string {
  const { text } = visit.speech;
  const isCarried = carriedFields(visit).length > 0;
  const reason = text(
    !isCarried ? 'signIn.toSee' : visit.form.has('body') ? 'signIn.toPost' : 'signIn.toFinish',
  );
  return visit.token === null ? reason : `${text('signIn.ended')} ${reason}`;
}
