import { ApiError } from '../../api/api-error.ts';
import type { ErrorCode } from '../../generated/graphql/graphql.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Answer, json, page, redirect } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { viewerOf } from '../../parts/frame.ts';
import { usePage } from '../../parts/page-context.ts';
import { begin } from '../account/carried-form.tsx';
import { frameSignInPage } from './frame-sign-in.tsx';
import { openCode, sealToken } from './handover.ts';

const FrameViewer = graphql(`
  query FrameViewer {
    ...Frame
  }
`);

/** A browser refuses cookies of more than 4,096 bytes. */
const TOKEN_CHARS_MAX = 3800;

/**
 * Begins the session of a frame: with the code of a window in which the reader has signed in, or with a token of the
 * host's, which the frame's script sends. Without either, the page that leads to the window.
 */
export async function beginFrameSession(visit: Visit): Promise<Answer> {
  if (visit.wantsJson) return takeHostToken(visit, visit.field('token'));
  const code = visit.field('code');
  const token = code === '' || visit.frameKey === null ? null : openCode(code, visit.frameKey, visit.now);
  return token === null ? frameSignInPage(visit, []) : begin(visit, token);
}

/** The API does not answer now, and has not refused the token. */
const NO_VERDICT: readonly ErrorCode[] = ['UNAVAILABLE', 'TIMEOUT', 'RATE_LIMITED', 'INTERNAL_SERVER_ERROR'];

/**
 * An empty token ends the session that an earlier one began: that of the forum itself stays. So does a token that is
 * refused: the host's reader is another one now. The script loads the frame again if something has changed.
 */
async function takeHostToken(visit: Visit, token: string): Promise<Answer> {
  // the session would be that of the forum itself
  if (!visit.isEmbedded) return json({ isChanged: false }, 422);
  if (token === (visit.frameToken ?? '')) return json({ isChanged: false });
  if (token === '') return endHostSession(visit, 200);
  if (token.length > TOKEN_CHARS_MAX || !/^[\w.~+/=-]+$/.test(token)) return endHostSession(visit, 422);
  try {
    await visit.as(token).ask(FrameViewer);
  } catch (error) {
    if (!(error instanceof ApiError) || NO_VERDICT.includes(error.code)) throw error;
    return endHostSession(visit, error.code === 'UNAUTHENTICATED' ? 401 : 422);
  }
  return json({ isChanged: true }, 200, visit.sessionCookies(token));
}

function endHostSession(visit: Visit, status: number): Answer {
  if (visit.frameToken === null) return json({ isChanged: false }, status);
  return json({ isChanged: true }, status, [visit.endedFrameCookie()]);
}

/** Ends the session in the frame. In a page of the forum's own site that can be the forum's, which ends too. */
export function endFrameSession(visit: Visit): Answer {
  return redirect(visit.here, visit.sessionCookies(null));
}

/** In the window: the sign-in, and then a code for the frame that has opened it. */
export async function showSignedIn(visit: Visit): Promise<Answer> {
  const signIn = `/sign-in?return=${encodeURIComponent(visit.path)}`;
  if (visit.token === null) return redirect(signIn);
  const data = await visit.ask(FrameViewer);
  const code = sealToken(visit.token, visit.url.searchParams.get('key') ?? '', visit.now);
  return page({
    title: visit.speech.text('embed.signedIn'),
    viewer: viewerOf(data),
    view: <SignedIn code={code} />,
  });
}

function SignedIn({ code }: { readonly code: string | null }) {
  const { text } = usePage();
  return (
    <div class="page page--single">
      <main id="main" class="message" data-frame="code" data-code={code ?? undefined}>
        <h1 class="title">{text('embed.signedIn')}</h1>
        <p>{text(code === null ? 'embed.incomplete' : 'embed.closeWindow')}</p>
      </main>
    </div>
  );
}
