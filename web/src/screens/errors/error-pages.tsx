import type { ComponentChild } from 'preact';
import type { ApiError } from '../../api/api-error.ts';
import { graphql } from '../../generated/graphql/index.ts';
import { type Page, page } from '../../http/answers.ts';
import type { Visit } from '../../http/visit.ts';
import { ReturnHere } from '../../parts/form.tsx';
import { viewerOf } from '../../parts/frame.ts';
import { usePage } from '../../parts/page-context.ts';
import { Sentence } from '../../parts/sentence.tsx';

const Reader = graphql(`
  query Reader {
    ...Frame
  }
`);

/** A page that asks the API nothing itself, with the name of who reads it in the header. Without it if it is not known. */
export async function withReader(visit: Visit, shown: Page): Promise<Page> {
  if (visit.token === null) return shown;
  const data = await visit.askOptional(Reader, {}).catch(() => null);
  return { ...shown, viewer: data && viewerOf(data) };
}

/**
 * The page for what the API has refused, with what the reader can do about it. What it refuses for the moment has a page
 * that costs less: see http/refusals.tsx.
 */
export function errorPage(visit: Visit, { code, message, isOwn }: ApiError): Page {
  const said = <Sentence message={message} isOwn={isOwn} />;
  const { text } = visit.speech;
  switch (code) {
    case 'NOT_FOUND':
      return notFoundPage(visit);
    case 'FORBIDDEN':
    case 'LOCKED':
      return made(403, text('error.forbidden'), said);
    default:
      return made(code === 'CONFLICT' ? 409 : 422, text('error.refused'), said);
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

function made(status: number, title: string, message: ComponentChild): Page {
  return page({
    status,
    title,
    view: <ErrorView title={title} message={message} />,
  });
}

function ErrorView({ title, message }: { readonly title: string; readonly message: ComponentChild }) {
  const { text, visit, returnPath } = usePage();
  const isFormOfFrame = visit.isEmbedded && visit.method === 'POST';
  return (
    <div class="page page--single">
      <main id="main" class="message">
        <h1 class="title">{title}</h1>
        <p>{message}</p>
        <p>
          {isFormOfFrame ? (
            <a href={returnPath} target="_self">
              {text('error.backToComments')}
            </a>
          ) : visit.method === 'POST' && returnPath !== '/' ? (
            <a href={returnPath}>{text('error.goBack')}</a>
          ) : (
            <a href="/">{text('error.back')}</a>
          )}
        </p>
        {/* the script of the frame reads from it which page it is in */}
        {visit.isEmbedded && <ReturnHere />}
      </main>
    </div>
  );
}
