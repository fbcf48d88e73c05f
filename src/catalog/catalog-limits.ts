import { badInput } from '../kit/errors.ts';
import { SLUG_CHARS_MAX } from '../kit/slug.ts';
import { lineRule, type TextRule } from '../kit/text.ts';

/** Longer than any product's name; it stands in menus. */
export const ENTRY_NAME: TextRule = lineRule('A name', 100);
/** Browsers and proxies take addresses of at least this length. */
const URL_CHARS_MAX = 2000;

/** A page's address as it is stored. Throws BAD_USER_INPUT. */
export function checkedPageUrl(text: string, field: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw badInput('A page has an http or https address, without a name and password in it.', field);
  if (url.href.length > URL_CHARS_MAX)
    throw badInput(`A page's address has at most ${URL_CHARS_MAX} characters.`, field);
  return url.href;
}

/** A slug that somebody has chosen. Throws BAD_USER_INPUT. */
export function checkedSlug(text: string, field: string): string {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= SLUG_CHARS_MAX) return text;
  throw badInput(
    `A slug is lower-case ASCII letters and digits, in words joined by hyphens: at most ${SLUG_CHARS_MAX} characters.`,
    field,
  );
}
