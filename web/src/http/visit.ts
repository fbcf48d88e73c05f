import { createHash, randomUUID } from 'node:crypto';
import { ApiError, unreachable } from '../api/api-error.ts';
import type { AskApi } from '../api/ask-api.ts';
import type { TypedDocumentString } from '../generated/graphql/graphql.ts';
import { type Speech, speechOf } from '../language/language.ts';
import { isSignInPath } from '../parts/paths.ts';
import { cookieName, readCookies, setCookie, setFrameCookie } from './cookies.ts';
import { localPath } from './local-path.ts';
import { isPageView } from './page-view.ts';
import { isFrame, readerOf, type Theme } from './reader.ts';
import type { Site } from './site.ts';
import type { WebRequest } from './web-request.ts';

/** One request of a reader, as the screens see it. */
export class Visit {
  readonly method: string;
  readonly url: URL;
  /** The path with its query string. */
  readonly path: string;
  /** The page that the reader is on: where a form was sent from, if this is the answer to one. */
  readonly here: string;
  /** Whether the page is a discussion in a page of another site, or answers a form of one. */
  readonly isEmbedded: boolean;
  /** The parameters in the path, such as `slug` of `/discussions/:slug`. */
  readonly params: Readonly<Record<string, string>>;
  /** The fields of the form. Empty for GET. */
  readonly form: URLSearchParams;
  readonly speech: Speech;
  readonly theme: Theme;
  readonly site: Site;
  readonly now = new Date();
  /** The JSON of each answer of the API: a page made from the same answers is the same page. */
  readonly answers: string[] = [];
  /** Whether the page contains a form key, so that it is never the same twice. */
  hasFormKey = false;
  /** Null for guests. */
  readonly token: string | null;
  /** The session of the frame alone. Null outside of frames, and if it has none of its own. */
  readonly frameToken: string | null;
  /** The key for a sign-in in another window: see screens/embed/handover.ts. Null if there is none. */
  readonly frameKey: string | null;
  readonly #askApi: AskApi;
  readonly #request: WebRequest;

  constructor(request: WebRequest, parts: VisitParts) {
    this.#request = request;
    this.#askApi = parts.askApi;
    this.site = parts.site;
    this.method = request.method;
    // `//` at the start would be read as the start of a host
    this.url = new URL(request.url.replace(/^[/\\]*/, '/'), parts.site.url);
    this.params = parts.params;
    this.form = parts.form ?? new URLSearchParams(request.form ?? '');
    this.path = this.url.pathname + this.url.search;
    this.here = this.method === 'POST' ? localPath(this.form.get('return')) : this.path;
    this.isEmbedded = isFrame(this.here);
    const cookies = readCookies(request.headers.cookie);
    const { isSecure } = parts.site;
    const sent = cookies.get(cookieName('parley_session', isSecure));
    const own = this.isEmbedded ? cookies.get(cookieName('parley_embed', isSecure)) : undefined;
    this.frameToken = own ?? null;
    this.token = parts.token === undefined ? (own ?? sent ?? null) : parts.token;
    this.frameKey = cookies.get(cookieName('parley_embed_key', isSecure)) ?? null;
    const { language, theme } = readerOf(this.here, cookies, request.headers['accept-language']);
    this.speech = speechOf(language);
    this.theme = theme;
  }

  /** Whether the page is part of a sign-in in a window that a frame has opened. */
  get isForFrame(): boolean {
    const back = this.form.get('return') ?? this.url.searchParams.get('return') ?? this.path;
    return (
      /^\/embed\/signed-in(?:[?#]|$)/.test(back) && (back === this.path || isSignInPath(this.url.pathname))
    );
  }

  /** Set-Cookie headers that begin the reader's session, or with null end it. */
  sessionCookies(token: string | null): string[] {
    const { isSecure } = this.site;
    const own = setCookie('parley_session', token, isSecure);
    if (!this.isEmbedded) return [own];
    const frames = setFrameCookie('parley_embed', token, isSecure);
    // a frame in a page of the forum's own site gets the session of the forum
    return token === null ? [frames, own] : [frames];
  }

  /** A Set-Cookie header that ends the session of the frame alone: that of the forum stays. */
  endedFrameCookie(): string {
    return setFrameCookie('parley_embed', null, this.site.isSecure);
  }

  /** Whether the script of an island asks for data in place of a page. */
  get wantsJson(): boolean {
    return this.#request.headers.accept === 'application/json';
  }

  /** Whether a person opens this page now: see page-view.ts. */
  get isPageView(): boolean {
    return isPageView(this.#request);
  }

  /** Sends a query or a mutation. Any error of the answer is thrown as an ApiError. */
  async ask<TData, TVariables extends object>(
    document: TypedDocumentString<TData, TVariables>,
    ...[variables]: Record<string, never> extends TVariables
      ? [variables?: TVariables]
      : [variables: TVariables]
  ): Promise<TData> {
    return this.#read(document, variables ?? {}, () => true);
  }

  /** Sends a query for several objects. Those that are not found are null. Any other error is thrown. */
  askForMany<TData, TVariables extends object>(
    document: TypedDocumentString<TData, TVariables>,
    variables: TVariables,
  ): Promise<TData> {
    return this.#read(document, variables, ({ code }) => code !== 'NOT_FOUND');
  }

  async #read<TData>(
    document: TypedDocumentString<TData, never>,
    variables: object,
    isThrown: (error: ApiError) => boolean,
  ): Promise<TData> {
    const json = await this.#send(document.toString(), variables);
    this.answers.push(json);
    const { data, errors = [] } = parse<TData>(json);
    const error = errors.map((one) => new ApiError(one)).find(isThrown);
    if (error) throw error;
    if (data === undefined || data === null) throw unreachable('The API has answered without data.');
    return data;
  }

  /**
   * Sends a form's mutation. A refusal comes back, to be shown with the form, so that nothing typed is lost. A missing
   * session is thrown: it leads to the sign-in, which carries the form along. So is an API that does not answer now: it
   * may have stored what was sent, and the page for it has the form with its key.
   */
  async attempt<TData, TVariables extends object>(
    document: TypedDocumentString<TData, TVariables>,
    ...variables: Record<string, never> extends TVariables
      ? [variables?: TVariables]
      : [variables: TVariables]
  ): Promise<{ data: TData; refusal?: undefined } | { data?: undefined; refusal: ApiError }> {
    try {
      return { data: await this.ask(document, ...variables) };
    } catch (error) {
      if (!(error instanceof ApiError) || error.code === 'UNAUTHENTICATED' || error.isPassing) throw error;
      return { refusal: error };
    }
  }

  /** Sends a query that the page can do without. Null if the API refuses it, or does not answer now. */
  async askOptional<TData, TVariables extends object>(
    document: TypedDocumentString<TData, TVariables>,
    variables: TVariables,
  ): Promise<TData | null> {
    return this.ask(document, variables as TVariables & Record<string, never>).catch((error: unknown) => {
      if (!(error instanceof ApiError) || error.code === 'UNAUTHENTICATED') throw error;
      return null;
    });
  }

  /** Sends a mutation whose answer no page shows. If it fails, the page is shown all the same. */
  async tell<TVariables extends object>(
    document: TypedDocumentString<unknown, TVariables>,
    variables: TVariables,
  ): Promise<void> {
    await this.#send(document.toString(), variables).catch(() => null);
  }

  #send(query: string, variables: object): Promise<string> {
    const { address, headers, context } = this.#request;
    const userAgent = headers['user-agent'];
    return this.#askApi({ query, variables, token: this.token, address, userAgent, context });
  }

  /** A field of the form, without white space around it. Empty if it is missing. */
  field(name: string): string {
    return (this.form.get(name) ?? '').trim();
  }

  /** A key for a new form, which makes a double click post once. */
  newFormKey(): string {
    this.hasFormKey = true;
    return randomUUID();
  }

  /**
   * The idempotency key of the form that was sent. It depends on the form's values, so that a form that was sent, changed
   * and sent again from the browser's history counts as another one.
   */
  get idempotencyKey(): string {
    const key = this.form.get('key') ?? randomUUID();
    return createHash('sha256').update(`${key}\n${this.url.pathname}\n${this.form}`).digest('base64url');
  }

  /**
   * The same request without its session, for what needs none: a session that has ended would only lead to the sign-in.
   */
  asGuest(): Visit {
    const { site, params, form } = this;
    return new Visit(this.#request, { askApi: this.#askApi, site, params, form, token: null });
  }

  /** The same request by the owner of a key. */
  as(token: string): Visit {
    const { site, params, form } = this;
    return new Visit(this.#request, { askApi: this.#askApi, site, params, form, token });
  }

  /** The same reader with another form, for what they wanted to do before they signed in. */
  resume(
    path: string,
    form: URLSearchParams,
    token: string,
  ): { request: WebRequest; form: URLSearchParams; token: string } {
    return { request: { ...this.#request, url: path }, form, token };
  }
}

export interface VisitParts {
  readonly askApi: AskApi;
  readonly site: Site;
  readonly params: Readonly<Record<string, string>>;
  readonly form?: URLSearchParams;
  /** Replaces the cookie's. Null: a guest. */
  readonly token?: string | null;
}

function parse<TData>(json: string): {
  readonly data?: TData | null;
  readonly errors?: readonly ConstructorParameters<typeof ApiError>[0][];
} {
  try {
    return JSON.parse(json);
  } catch {
    throw unreachable('The API has not answered with JSON.');
  }
}
