// Which texts are addresses of e-mails, and their one form. RFC 5321 and 5322 allow more than most forms of websites do.
import { domainToASCII } from 'node:url';

/** A path in SMTP holds 256 bytes, two of them brackets (RFC 5321, 4.5.3.1.3). */
export const EMAIL_CHARS_MAX = 254;
const LOCAL_CHARS_MAX = 64;

/** RFC 5322, 3.2.3. */
const DOT_ATOM = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
/** RFC 5321, 4.1.2, but without brackets, quotes and backslashes inside, which mail servers read in several ways. */
const QUOTED = /^"([ !#-;=?-[\]-~]+)"$/;
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
/** What may stand in a domain before it is converted: the conversion drops what follows a slash. */
const DOMAIN_CHARS = /^[A-Za-z0-9.\-\u{80}-\u{10ffff}]+$/u;
/** At least two labels. A last one of digits would make it an address of the network. */
const DOMAIN = new RegExp(`^(?:${LABEL}\\.)+(?!\\d+$)${LABEL}$`);

/**
 * The canonical form of an address: in lower case, without needless quotes, its domain in ASCII (punycode). Equal forms
 * are one mailbox. Null if it is no address to which SMTP delivers; the part before the "@" must be ASCII.
 */
export function canonicalEmail(text: string): string | null {
  const at = text.lastIndexOf('@');
  const local = canonicalLocal(text.slice(0, Math.max(0, at)));
  const name = text.slice(at + 1);
  const domain = DOMAIN_CHARS.test(name) ? domainToASCII(name).toLowerCase() : '';
  if (local === null || local.length > LOCAL_CHARS_MAX || !DOMAIN.test(domain)) return null;
  const email = `${local}@${domain}`;
  return email.length <= EMAIL_CHARS_MAX ? email : null;
}

/**
 * RFC 5321 (2.4) lets this part depend on case, but no mail server in use does, and one person must not get two
 * accounts.
 */
function canonicalLocal(text: string): string | null {
  const quoted = QUOTED.exec(text)?.[1];
  const local = (quoted ?? text).toLowerCase();
  if (DOT_ATOM.test(local)) return local;
  return quoted === undefined ? null : `"${local}"`;
}
