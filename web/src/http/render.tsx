import type { ComponentChild } from 'preact';
import { Document } from '../parts/document.tsx';
import { PageContext, pagePartsOf } from '../parts/page-context.ts';
import { isPrivatePath } from '../parts/paths.ts';
import type { Page } from './answers.ts';
import { compress, encodingFor } from './compress.ts';
import { etagOf, hasCopy } from './etag.ts';
import type { PageCache, Rendered } from './page-cache.ts';
import { pageHeaders } from './page-headers.ts';
import type { Visit } from './visit.ts';
import type { WebAnswer, WebRequest } from './web-request.ts';
import { writeHtml, writePage } from './write-html.ts';

/** Renders a page, or takes it from the cache, and answers with 304 if the reader has it already. */
export async function answerPage(
  page: Page,
  visit: Visit,
  request: WebRequest,
  cache: PageCache,
): Promise<WebAnswer> {
  const isPrivate = visit.method === 'POST' || isPrivatePath(visit.url.pathname);
  const isShared = !isPrivate && visit.token === null && page.status === 200;
  const key = isShared ? keyOf(visit) : null;
  const known = key === null ? null : cache.find(key, visit.answers);
  const rendered = known ?? render(page, visit);
  if (key !== null && !known && !visit.hasFormKey) cache.store(key, rendered);

  const headers: Record<string, string | readonly string[]> = {
    ...pageHeaders(visit),
    'content-security-policy': visit.isEmbedded ? visit.site.embedPolicy : visit.site.policy,
    'content-language': visit.speech.language,
    ...page.headers,
    ...(page.cookies.length > 0 && { 'set-cookie': page.cookies }),
  };
  // another page with a form key or of a member is fetched again, but shown at once when the reader goes back
  if (!isShared || visit.hasFormKey) {
    headers['cache-control'] = isPrivate ? 'no-store' : 'private, no-cache';
  } else {
    headers['cache-control'] = 'no-cache';
    rendered.etag ??= etagOf(rendered.body);
    headers['etag'] = rendered.etag;
    if (hasCopy(request, rendered.etag)) return { status: 304, headers, body: '' };
  }
  const encoding = encodingFor(request.headers['accept-encoding'], rendered.body);
  if (encoding === null) return { status: page.status, headers, body: rendered.body };
  const body = rendered.encoded.get(encoding) ?? (await compress(rendered.body, encoding));
  rendered.encoded.set(encoding, body);
  return { status: page.status, headers: { ...headers, 'content-encoding': encoding }, body };
}

/** Relative times change by the minute. */
function keyOf(visit: Visit): string {
  const minute = Math.floor(visit.now.getTime() / 60_000);
  return [visit.path, visit.speech.language, visit.theme, minute].join('\n');
}

/** Elements of a page as HTML, for the script of an island to insert. */
export function renderPart(visit: Visit, part: ComponentChild, viewer: Page['viewer'] = null): string {
  return writeHtml(inPage(visit, part, viewer));
}

function render(page: Page, visit: Visit): Rendered {
  const body = writePage(inPage(visit, <Document page={page} />, page.viewer));
  return { answers: [...visit.answers], body, etag: null, encoded: new Map() };
}

function inPage(visit: Visit, part: ComponentChild, viewer: Page['viewer']): ComponentChild {
  return <PageContext.Provider value={pagePartsOf(visit, viewer)}>{part}</PageContext.Provider>;
}
