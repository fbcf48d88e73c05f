import { badInput } from './errors.ts';

/** Browsers and proxies take addresses of at least this length. */
export const WEB_ADDRESS_CHARS_MAX = 2000;

/**
 * An address as it is stored: front ends put it into links and pictures, so nothing that runs a script or holds a
 * password. `what`: how messages begin, such as "A picture's address". Throws BAD_USER_INPUT.
 */
export function checkedWebAddress(
  text: string,
  field: string,
  what: string,
  protocols: RegExp = /^https?:$/,
): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !protocols.test(url.protocol) || url.username !== '' || url.password !== '') {
    const schemes = protocols.test('http:') ? 'http or https' : 'https';
    throw badInput(`${what} begins with ${schemes}, and holds no name and password.`, field);
  }
  if (url.href.length <= WEB_ADDRESS_CHARS_MAX) return url.href;
  throw badInput(`${what} has at most ${WEB_ADDRESS_CHARS_MAX} characters.`, field);
}
