import type { WebRequest } from './web-request.ts';

/** Programs that fetch pages and say so. The telephones of CUBOT are none. */
const CRAWLER = /(?<!cu)bot\b|crawl|spider|slurp|preview|facebookexternalhit|lighthouse/i;

/**
 * Whether a person opens a page with this request. Not so for what a browser fetches in case it is opened later, for a
 * script's request, and for crawlers.
 */
export function isPageView({ method, headers }: Pick<WebRequest, 'method' | 'headers'>): boolean {
  if (method !== 'GET' || headers.accept?.includes('text/html') !== true) return false;
  // `prefetch;prerender` for a page that is prepared in the background; older browsers send Purpose or X-Moz
  const purposes = [headers['sec-purpose'], headers['purpose'], headers['x-moz']];
  if (purposes.some((purpose) => purpose?.includes('prefetch') === true)) return false;
  if ((headers['sec-fetch-dest'] ?? 'document') !== 'document') return false;
  const userAgent = headers['user-agent'] ?? '';
  return userAgent !== '' && !CRAWLER.test(userAgent);
}
