import { ApiError } from '../api/api-error.ts';
import type { AskApi } from '../api/ask-api.ts';
import { translateSentence } from '../language/api-sentences.ts';
import { askToSignIn } from '../screens/account/ask-to-sign-in.tsx';
import { errorPage, otherSitePage, withReader } from '../screens/errors/error-pages.tsx';
import { movedOrNotFoundPage } from '../screens/errors/moved-page.ts';
import { screens } from '../screens/index.ts';
import { type Answer, type Json, json } from './answers.ts';
import { ASSETS_PATH, openAssets } from './assets.ts';
import { answerEmbedScript, EMBED_SCRIPT_PATH } from './embed-script.ts';
import { etagOf, hasCopy } from './etag.ts';
import { localPath } from './local-path.ts';
import { isFromThisSite } from './origin-check.ts';
import { PageCache } from './page-cache.ts';
import { PAGE_VARY } from './page-headers.ts';
import { createRefusals, type SentForm } from './refusals.tsx';
import { answerPage } from './render.tsx';
import { findRoute } from './routes.ts';
import { type Embedding, siteOf } from './site.ts';
import { Visit, type VisitParts } from './visit.ts';
import type { WebAnswer, WebRequest } from './web-request.ts';

export interface FrontEndOptions {
  readonly askApi: AskApi;
  readonly siteName: string;
  /** The base URL by which readers reach the forum. */
  readonly siteUrl: string;
  /** Called with an error that is none of the API's, and with the API being away. */
  readonly onFault: (error: unknown) => void;
  /** The hosts whose images the API shows in texts: its IMAGE_HOSTS. If omitted, none. */
  readonly imageHosts?: readonly string[];
  /** Styles of the operator's own, after those of the front end. If omitted, none. */
  readonly stylesheet?: string | null;
  /** Which pages may contain discussions. If omitted, none. */
  readonly embedding?: Embedding;
  /** The memory for guests' pages, in bytes. */
  readonly cacheBytes?: number;
}

export interface FrontEnd {
  /** Null if no page has this address. */
  answer(request: WebRequest): Promise<WebAnswer | null>;
  /** The page for an address that nothing has, or the way to where it has moved. */
  notFound(request: WebRequest): Promise<WebAnswer>;
}

const CACHE_BYTES = 16_000_000;

/** The front end, to be served by any server. `folder` is the build's. */
export function createFrontEnd(options: FrontEndOptions, folder: URL): FrontEnd {
  const { askApi, siteName: name, siteUrl: url, onFault, imageHosts = [], stylesheet = null } = options;
  const { embedding = { origins: [], apiKey: null }, cacheBytes = CACHE_BYTES } = options;
  const assets = openAssets(folder, stylesheet);
  const site = siteOf({ name, url, assets: assets.urls, imageHosts, embedding });
  const cache = new PageCache(cacheBytes);
  const refusals = createRefusals({ siteName: name, embedOrigins: embedding.origins }, folder);

  const run = async (request: WebRequest, more: Omit<VisitParts, 'askApi' | 'site' | 'params'> = {}) => {
    const path = request.url.replace(/\?.*/s, '');
    if (embedding.origins.length === 0 && path.startsWith('/embed')) return null;
    const match = findRoute(screens, request.method, path);
    if (match === null) return null;
    const visit = new Visit(request, { askApi, site, params: match.params, ...more });
    // other sites' forms send the cookie of a frame: SameSite does not protect it
    const hasOrigin = request.headers.origin !== undefined || !visit.isEmbedded;
    const isForeign =
      request.method === 'POST' && !(hasOrigin && isFromThisSite(request.headers, site.origin));
    const answer = isForeign
      ? otherSitePage(visit)
      : await settle(visit, () => match.handler(visit), onFault);
    return { visit, answer };
  };
  const send = async (
    request: WebRequest,
    visit: Visit,
    answer: Answer,
    form: SentForm | null = visit.method === 'POST' ? { action: visit.path, fields: visit.form } : null,
  ): Promise<WebAnswer> => {
    if (answer.kind === 'page') return answerPage(answer, visit, request, cache);
    if (answer.kind === 'json') return answerJson(answer, request);
    if (answer.kind === 'refusal') return refusals.pageFor(request, { ...answer, form });
    if (answer.kind === 'resume') {
      const { visit: before, cookies } = answer;
      const resumed = before.resume(answer.path, answer.form, answer.token);
      const result = await run(resumed.request, resumed);
      if (result === null) return redirectTo('/', cookies);
      return withCookies(await send(resumed.request, result.visit, result.answer), cookies);
    }
    if (answer.isForGood) return { status: 301, headers: { location: answer.location }, body: '' };
    return redirectTo(answer.location, answer.cookies, answer.headers);
  };
  return {
    answer: async (request) => {
      if (request.url.startsWith(ASSETS_PATH)) return assets.answer(request);
      if (request.url === EMBED_SCRIPT_PATH && embedding.origins.length > 0)
        return answerEmbedScript(request, assets);
      const result = await run(request);
      return result === null ? null : send(request, result.visit, result.answer);
    },
    notFound: async (request) => {
      const visit = new Visit(request, { askApi, site, params: {} });
      const answer = await settle(visit, () => movedOrNotFoundPage(visit), onFault);
      // no form can be sent here again
      return send(request, visit, answer, null);
    },
  };
}

/** Runs a handler. What the API refuses becomes a page that says why and what to do. */
async function settle(
  visit: Visit,
  run: () => Promise<Answer> | Answer,
  onFault: (error: unknown) => void,
): Promise<Answer> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ApiError)) {
      onFault(error);
      return { kind: 'refusal', status: 500, retryAfter: null };
    }
    // an API that refuses for the moment has logged why
    if (error.cause !== undefined || error.code === 'INTERNAL_SERVER_ERROR') onFault(error);
    const status = statusOf(error);
    if (visit.wantsJson) {
      const translation = error.isOwn ? null : translateSentence(visit.speech.language, error.message);
      return json({ code: error.code, message: translation ?? error.message }, status);
    }
    if (status === 429 || status >= 500) {
      const wait = status === 429 ? 60 : status === 503 ? 5 : null;
      return { kind: 'refusal', status, retryAfter: error.retryAfter ?? wait };
    }
    if (error.code !== 'UNAUTHENTICATED') return withReader(visit, errorPage(visit, error));
    const ended = endedCookies(visit);
    // an ended session: the page as guests see it
    if (visit.method !== 'POST' && visit.token !== null)
      return { kind: 'redirect', location: localPath(visit.path), cookies: ended };
    return askToSignIn(visit, ended);
  }
}

/** What ends the session that the API has refused: the frame's own, if there is one, and not that of the forum. */
function endedCookies(visit: Visit): string[] {
  if (visit.token === null) return [];
  return visit.frameToken === null ? visit.sessionCookies(null) : [visit.endedFrameCookie()];
}

function statusOf({ code, isPassing }: ApiError): number {
  if (isPassing) return 503;
  switch (code) {
    case 'UNAUTHENTICATED':
      return 401;
    case 'RATE_LIMITED':
      return 429;
    case 'INTERNAL_SERVER_ERROR':
      return 500;
    default:
      return 422;
  }
}

/** The answer to a GET has an `ETag`, so that a script that asks again gets 304 while nothing has changed. */
function answerJson({ status, data, cookies }: Json, request: WebRequest): WebAnswer {
  const body = JSON.stringify(data);
  const headers: Record<string, string | readonly string[]> = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    ...(cookies.length > 0 && { 'set-cookie': cookies }),
  };
  if (request.method !== 'GET' || status !== 200) return { status, headers, body };
  const etag = etagOf(body);
  Object.assign(headers, { etag, 'cache-control': 'private, no-cache', vary: PAGE_VARY });
  return hasCopy(request, etag) ? { status: 304, headers, body: '' } : { status, headers, body };
}

function redirectTo(
  location: string,
  cookies: readonly string[],
  more: Readonly<Record<string, string>> = {},
): WebAnswer {
  const headers = {
    ...more,
    location,
    'cache-control': 'no-store',
    ...(cookies.length > 0 && { 'set-cookie': cookies }),
  };
  return { status: 303, headers, body: '' };
}

function withCookies(answer: WebAnswer, cookies: readonly string[]): WebAnswer {
  const before = answer.headers['set-cookie'] ?? [];
  return { ...answer, headers: { ...answer.headers, 'set-cookie': [before].flat().concat(cookies) } };
}
