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
  const isCarried = carriedFields(visit).length > 0;
  return page({
    status: 401,
    title: text('signIn.title'),
    cookies,
    view: <SignInView reason={text(isCarried ? 'signIn.toPost' : 'signIn.toSee')} />,
  });
}
