import { isIP } from 'node:net';

/** What stands in a link's setting where the token goes. */
export const TOKEN_MARK = '{token}';

/** Whether a setting is the address of a page that takes a token. */
export function isLinkTemplate(text: string): boolean {
  const [before, after, ...more] = text.split(TOKEN_MARK);
  if (before === undefined || after === undefined || more.length > 0) return false;
  return URL.canParse(`${before}x${after}`) && /^https?:\/\/[^/]*(\/|\?)/i.test(before) && !/\s/.test(text);
}

/** A link's setting as what makes the link. Our tokens are letters, digits and underscores: nothing to escape. */
export function filledIn(template: string): (token: string) => string {
  return (token) => template.replace(TOKEN_MARK, () => token);
}

/** Whether a setting is one mailbox that letters can come from: `a@b`, or `Name <a@b>`. */
export function isSender(text: string): boolean {
  return /^(?:[^\p{Cc}<>@]*<[^\p{Cc}\s<>@,]+@[^\p{Cc}\s<>@,]+>|[^\p{Cc}\s<>@,]+@[^\p{Cc}\s<>@,]+)$/u.test(
    text,
  );
}

/** Whom letters come from where nobody has said: nobody who reads, at the site's own name. */
export function senderOf(siteUrl: string): string {
  const { hostname } = new URL(siteUrl);
  const isAddress = isIP(hostname) !== 0 || hostname.startsWith('[');
  return `no-reply@${isAddress ? 'localhost' : hostname}`;
}
