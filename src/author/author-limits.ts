import { badInput } from '../kit/errors.ts';
import { lineRule, type TextRule } from '../kit/text.ts';

/** The longest names that people have are shorter; longer ones break every line that they stand in. */
export const AUTHOR_NAME_CHARS_MAX = 100;
/** Imported titles run to 130. */
export const AUTHOR_TITLE_CHARS_MAX = 150;
/** Browsers and proxies take addresses of at least this length. */
const URL_CHARS_MAX = 2000;

export const AUTHOR_NAME: TextRule = lineRule('A name', AUTHOR_NAME_CHARS_MAX);
export const AUTHOR_TITLE: TextRule = lineRule('A title', AUTHOR_TITLE_CHARS_MAX);
export const AUTHOR_COMPANY: TextRule = lineRule('A company', AUTHOR_NAME_CHARS_MAX);
export const AUTHOR_COMPANY_SEGMENT: TextRule = lineRule('A company segment', AUTHOR_NAME_CHARS_MAX);
export const AUTHOR_INDUSTRY: TextRule = lineRule('An industry', AUTHOR_NAME_CHARS_MAX);

/**
 * A picture's address as it is stored. Only https: front ends put it into pages, where http is blocked and data: or
 * javascript: would be worse. Throws BAD_USER_INPUT.
 */
export function checkedAvatarUrl(text: string, field: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '')
    throw badInput('A picture has an https address, without a name and password in it.', field);
  if (url.href.length > URL_CHARS_MAX)
    throw badInput(`A picture's address has at most ${URL_CHARS_MAX} characters.`, field);
  return url.href;
}
