import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Speech, speechOf } from '../language/language.ts';
import { readCookies } from './cookies.ts';
import { localPath } from './local-path.ts';
import { pageHeaders, refusalPolicyOf } from './page-headers.ts';
import { type Reader, readerOf } from './reader.ts';
import type { WebAnswer, WebRequest } from './web-request.ts';
import { writePage } from './write-html.ts';

export interface RefusalOptions {
  readonly siteName: string;
  /** The origins whose pages may contain discussions. */
  readonly embedOrigins: readonly string[];
}

/** A form that was sent and read, with the address that it was sent to. */
export interface SentForm {
  readonly action: string;
  readonly fields: URLSearchParams;
}

export interface Refused {
  readonly status: number;
  /** In how many seconds it can succeed. Null if unknown. */
  readonly retryAfter: number | null;
  /** Null: nothing was sent, or it was not read. */
  readonly form: SentForm | null;
}

export interface Refusals {
  pageFor(request: Pick<WebRequest, 'method' | 'url' | 'headers'>, refused: Refused): WebAnswer;
}

/** Pages of two languages and three themes for a few statuses, each with as many waiting times as occur. */
const PAGES_MAX = 500;
/** The address that was asked for, whatever it was: so one page serves all. */
const HERE = '';
/** A page never contains what only its owner may know. */
const SECRET = /password|token|code/i;

/**
 * The pages for requests that are refused: the server is overloaded, stops, or has no database; or the request is too
 * large, or one too many. They ask the API nothing and load nothing. Without a form, each is made once and then sent from
 * memory, because a server that refuses has no time. With a form, its fields come back, to be sent again with the same
 * key. `folder` is the build's.
 */
export function createRefusals({ siteName, embedOrigins }: RefusalOptions, folder: URL): Refusals {
  const styles = readFileSync(new URL('refusal.css', folder), 'utf8');
  const hash = createHash('sha256').update(styles).digest('base64');
  const policies = {
    page: refusalPolicyOf(hash, []),
    frame: refusalPolicyOf(hash, embedOrigins),
  };
  const made = new Map<string, Buffer>();

  const bodyOf = (reader: Reader, view: Said): Buffer => {
    const page = <RefusalPage {...{ reader, siteName, styles }} {...view} />;
    return writePage(page);
  };
  return {
    pageFor: (request, { status, retryAfter, form }) => {
      const reader = readerOf(
        hereOf(request, form),
        readCookies(request.headers.cookie),
        acceptedOf(request),
      );
      const { language, theme, isEmbedded } = reader;
      const speech = speechOf(language);
      const isSent = request.method === 'POST';
      const again =
        form !== null && [...form.fields.keys()].every((name) => !SECRET.test(name)) ? form : null;
      const view = { speech, status, retryAfter, isSent, isRead: form !== null, again };
      const key = [language, theme, isEmbedded, status, retryAfter, isSent, form !== null].join();
      let body = again === null ? made.get(key) : undefined;
      if (body === undefined) {
        body = bodyOf(reader, view);
        if (made.size >= PAGES_MAX) made.clear();
        if (again === null) made.set(key, body);
      }
      const headers = {
        ...pageHeaders({ isEmbedded, isForFrame: false }),
        'content-security-policy': isEmbedded ? policies.frame : policies.page,
        'content-language': language,
        'cache-control': 'no-store',
        ...(retryAfter !== null && { 'retry-after': String(retryAfter) }),
      };
      return { status, headers, body };
    },
  };
}

/** The page that the reader is on. While a form is not read, its page is that of the `Referer`. */
function hereOf(
  { method, url, headers }: Pick<WebRequest, 'method' | 'url' | 'headers'>,
  form: SentForm | null,
) {
  if (method !== 'POST') return url;
  if (form !== null) return localPath(form.fields.get('return'));
  const { referer = '', host } = headers;
  if (!URL.canParse(referer)) return '/';
  const { host: from, pathname, search } = new URL(referer);
  return from === host ? pathname + search : '/';
}

function acceptedOf({ headers }: Pick<WebRequest, 'headers'>): string | undefined {
  return headers['accept-language'];
}

interface ViewProps {
  readonly reader: Reader;
  readonly siteName: string;
  readonly styles: string;
  readonly speech: Speech;
  readonly status: number;
  readonly retryAfter: number | null;
  /** Whether a form was sent. */
  readonly isSent: boolean;
  readonly isRead: boolean;
  readonly again: SentForm | null;
}

type Said = Omit<ViewProps, 'reader' | 'siteName' | 'styles'>;

function RefusalPage({ reader, siteName, styles, ...view }: ViewProps) {
  const { language, theme, isEmbedded } = reader;
  const { text } = view.speech;
  const [title, message] = wordsOf(view);
  return (
    <html lang={language} data-theme={theme === 'system' ? undefined : theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · ${siteName}`}</title>
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content={theme === 'system' ? 'light dark' : theme} />
        {/* otherwise browsers ask for an icon, and the server has no time */}
        <link rel="icon" href="data:," />
        <style dangerouslySetInnerHTML={{ __html: styles }} />
      </head>
      <body class={isEmbedded ? 'embedded' : undefined}>
        {!isEmbedded && (
          <header class="bar">
            <a class="brand" href="/">
              {siteName}
            </a>
          </header>
        )}
        <main id="main">
          <h1>{title}</h1>
          {message !== null && <p>{message}</p>}
          {view.isSent && view.status !== 413 && <p>{text(afterFormOf(view))}</p>}
          {view.again && <AgainForm speech={view.speech} form={view.again} />}
          {!view.isSent && view.status !== 400 && (
            <p>
              <a class="btn" href={HERE}>
                {text('refusal.tryAgain')}
              </a>
            </p>
          )}
        </main>
      </body>
    </html>
  );
}

/** The title, and what the reader can do. Null: what is said of the form is enough. */
function wordsOf({ speech: { text }, status, retryAfter, isSent }: Said) {
  if (status === 429)
    return [text('error.tooMany'), text('error.tooManyText', { seconds: retryAfter ?? 60 })];
  if (status === 413) return [text('refusal.tooLarge'), text('refusal.tooLargeText')];
  if (status === 431) return [text('refusal.headTooLarge'), text('refusal.headTooLargeText')];
  if (status === 500) return [text('error.ours'), text('error.oursText')];
  if (status < 500) return [text('refusal.malformed'), text('refusal.malformedText')];
  return [text('error.away'), isSent ? null : text('error.awayText')];
}

function afterFormOf({ isRead, again }: Pick<ViewProps, 'isRead' | 'again'>) {
  if (again) return 'refusal.again';
  return isRead ? 'refusal.goBack' : 'refusal.unread';
}

/**
 * What was sent, in its order: the key of the form and the same values make the same write, which happens once. What was
 * typed can be changed.
 */
function AgainForm({ speech: { text }, form }: { readonly speech: Speech; readonly form: SentForm }) {
  return (
    <form method="post" action={form.action}>
      {[...form.fields].map(([name, value], at) => (
        <AgainField key={name} id={`${name}-${at}`} {...{ name, value, text }} />
      ))}
      <button class="btn">{text('refusal.sendAgain')}</button>
    </form>
  );
}

interface AgainFieldProps {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly text: Speech['text'];
}

function AgainField({ id, name, value, text }: AgainFieldProps) {
  if (name !== 'title' && name !== 'body') return <input type="hidden" name={name} value={value} />;
  return (
    <p>
      <label for={id}>{text(name === 'title' ? 'refusal.title' : 'refusal.text')}</label>
      {name === 'title' ? (
        <input class="field" id={id} name={name} value={value} dir="auto" />
      ) : (
        <textarea class="field" id={id} name={name} rows={8} dir="auto">
          {/* browsers drop the first line break */ `\n${value}`}
        </textarea>
      )}
    </p>
  );
}
