// Which addresses may be stored: front ends make links and pictures of them.
import { badInput } from '../access/errors.ts';

/** One kind of address. */
export interface UrlRule {
  /** What it leads to, in a message, such as "A page". */
  readonly what: string;
  /** The schemes that it may have. */
  readonly schemes: readonly ('http' | 'https')[];
}

/** Browsers and proxies take addresses of at least this length. */
const URL_CHARS_MAX = 2000;

/** A page of the web. */
export const PAGE_URL: UrlRule = { what: 'A page', schemes: ['http', 'https'] };
/** Only https: pages show no picture by http, and data: or javascript: would be worse. */
export const PICTURE_URL: UrlRule = { what: 'A picture', schemes: ['https'] };

/** An address as it is stored: as browsers write it. Throws BAD_USER_INPUT with the field and the reason. */
export function checkedUrl(text: string, { what, schemes }: UrlRule, field: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isKnown = schemes.some((scheme) => url?.protocol === `${scheme}:`);
  if (!url || !isKnown || url.username !== '' || url.password !== '')
    throw badInput(
      `${what} must have an ${schemes.join(' or ')} URL without a user name and password.`,
      field,
    );
  if (url.href.length > URL_CHARS_MAX)
    throw badInput(`The URL of ${what.toLowerCase()} has at most ${URL_CHARS_MAX} characters.`, field);
  return url.href;
}
