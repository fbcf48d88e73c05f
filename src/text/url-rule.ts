// The rules for addresses in inputs, which front ends turn into links and pictures.
import { badInput, type Refusal } from '../access/errors.ts';
import { isOverlong } from './text-rules.ts';

/** A kind of address. */
interface UrlRule {
  /** Its target in messages, such as "A page". */
  readonly what: string;
  /** The schemes that it may have. */
  readonly schemes: readonly ('http' | 'https')[];
}

/** All browsers and proxies accept addresses of this length. */
export const URL_CHARS_MAX = 2000;

/** A web page. */
export const PAGE_URL: UrlRule = { what: 'A page', schemes: ['http', 'https'] };
/** https only: browsers block http pictures on https pages, and data: or javascript: would be dangerous. */
export const PICTURE_URL: UrlRule = { what: 'A picture', schemes: ['https'] };

/** Returns the address in the form of browsers, as it is stored. Throws BAD_USER_INPUT with the field and the reason. */
export function checkedUrl(text: string, { what, schemes }: UrlRule, field: string): string {
  if (isOverlong(text, URL_CHARS_MAX)) throw tooLong(what, field);
  const url = URL.canParse(text) ? new URL(text) : null;
  const isKnown = schemes.some((scheme) => url?.protocol === `${scheme}:`);
  if (!url || !isKnown || url.username !== '' || url.password !== '')
    throw badInput(
      `${what} must have an ${schemes.join(' or ')} URL without a user name and password.`,
      field,
    );
  if (url.href.length > URL_CHARS_MAX) throw tooLong(what, field);
  return url.href;
}

function tooLong(what: string, field: string): Refusal {
  return badInput(`The URL of ${what.toLowerCase()} has at most ${URL_CHARS_MAX} characters.`, field);
}
