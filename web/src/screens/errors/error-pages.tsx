import type { ApiError } from '../../api/api-error.ts';
import type { ErrorCode } from '../../generated/graphql/graphql.ts';
import { type Page, page } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { usePage } from '../../parts/page-context.ts';

/** The page for what the API has refused, with what the reader can do about it. */
export function errorPage(visit: Visit, code: ErrorCode, error: ApiError | null): Page {
  const { text } = visit.speech;
  const wait = error?.retryAfter ?? null;
  const after: Record<string, string> = wait === null ? {} : { 'retry-after': String(wait) };
  switch (code) {
    case 'NOT_FOUND':
      return notFoundPage(visit);
    case 'RATE_LIMITED':
      return made(429, text('error.tooMany'), text('error.tooManyText', { seconds: wait ?? 60 }), after);
    case 'UNAVAILABLE':
    case 'TIMEOUT':
      return made(503, text('error.away'), text('error.awayText'), { 'retry-after': '5', ...after });
    case 'FORBIDDEN':
    case 'LOCKED':
      return made(403, text('error.forbidden'), error?.message ?? '');
    case 'INTERNAL_SERVER_ERROR':
      return made(500, text('error.ours'), text('error.oursText'));
    default:
      return made(code === 'CONFLICT' ? 409 : 422, text('error.refused'), error?.message ?? '');
  }
}

export function notFoundPage(visit: Visit): Page {
  const { text } = visit.speech;
  return made(404, text('error.notFound'), text('error.notFoundText'));
}

/** A form that was not on a page of this site. */
export function otherSitePage(visit: Visit): Page {
  const { text } = visit.speech;
  return made(403, text('error.otherSite'), text('error.otherSiteText'));
}

function made(status: number, title: string, message: string, headers: Record<string, string> = {}): Page {
  return page({
    status,
    title,
    headers,
    head: <meta name="robots" content="noindex" />,
    view: <ErrorView title={title} message={message} />,
  });
}

function ErrorView({ title, message }: { readonly title: string; readonly message: string }) {
  const { text } = usePage();
  return (
    <div class="page page--single">
      <main id="main" class="message">
        <h1 class="title">{title}</h1>
        <p>{message}</p>
        <p>
          <a href="/">{text('error.back')}</a>
        </p>
      </main>
    </div>
  );
}
