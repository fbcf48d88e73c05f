import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a form comes from a page of this site. Browsers send at least one of these headers with a form. A program
 * that sends neither has no reader's cookies, and SameSite=Lax withholds them from other sites' forms besides.
 */
export function isFromThisSite(headers: IncomingHttpHeaders, siteOrigin: string): boolean {
  const { origin, host } = headers;
  const fetchSite = headers['sec-fetch-site'];
  if (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none') return false;
  if (origin === undefined) return true;
  if (origin === siteOrigin) return true;
  // a forum that is reached by another name than its SITE_URL, such as localhost
  return URL.canParse(origin) && new URL(origin).host === host;
}
