import { type Page, page } from '../../http/answers.ts';
import { setFrameCookie } from '../../http/cookies.ts';
import type { Visit } from '../../http/visit.ts';
import { usePage } from '../../parts/page-context.ts';
import { CarriedForm, carriedFields } from '../account/carried-form.tsx';
import { newFrameKey } from './handover.ts';

/** How long a reader may take to sign in. */
const KEY_SECONDS = 15 * 60;

/**
 * In a frame, in place of the sign-in: a link that opens it in a window of its own, and a form that its script sends with
 * the window's code. The form carries what the guest wanted to do.
 */
export function frameSignInPage(visit: Visit, cookies: readonly string[]): Page {
  const { publicKey, privateKey } = newFrameKey();
  const key = setFrameCookie('parley_embed_key', privateKey, visit.site.isSecure, KEY_SECONDS);
  return page({
    status: carriedFields(visit).length > 0 ? 401 : 200,
    title: visit.speech.text('signIn.title'),
    cookies: [...cookies, key],
    view: <FrameSignIn windowPath={`/embed/signed-in?key=${publicKey}`} />,
  });
}

function FrameSignIn({ windowPath }: { readonly windowPath: string }) {
  const { visit, text } = usePage();
  const isText = visit.form.has('body') || visit.form.has('carried.body');
  return (
    <main class="stack">
      <h1>{text('signIn.title')}</h1>
      <p>{text(isText ? 'embed.signInToPost' : 'embed.signIn')}</p>
      <form method="post" action="/embed/session" target="_self" data-frame="sign-in">
        <CarriedForm visit={visit} />
        <input type="hidden" name="code" />
        <div class="write__end">
          <a class="btn btn--main" href={windowPath} target="parley-sign-in" rel="opener" data-frame="window">
            {text('signIn.do')}
          </a>
          <a class="btn" href={visit.here} target="_self">
            {text('write.cancel')}
          </a>
        </div>
      </form>
    </main>
  );
}
