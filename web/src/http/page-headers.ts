/**
 * The Content-Security-Policy. Pages load only from this server, except images from `imageHosts`, run only its files, and
 * post only to it. No inline script or style is allowed, so no nonce is needed, and the same page can be sent to all
 * guests. Pages of `ancestors` may embed it, and no other. Throws an error if a host is not a host name with an optional
 * port, or an ancestor not an origin.
 */
export function policyOf(imageHosts: readonly string[], ancestors: readonly string[] = []): string {
  const wrong = imageHosts.find((host) => !/^[a-z0-9.-]+(?::\d+)?$/.test(host));
  if (wrong !== undefined) throw new Error(`"${wrong}" is not a host such as images.example.com.`);
  const none = ancestors.find((origin) => !isOrigin(origin));
  if (none !== undefined) throw new Error(`"${none}" is not an origin such as https://www.example.com.`);
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    ["img-src 'self' data:", ...imageHosts.map((host) => `https://${host}`)].join(' '),
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    ancestors.length === 0 ? "frame-ancestors 'none'" : `frame-ancestors ${ancestors.join(' ')}`,
  ].join('; ');
}

/**
 * The policy of pages that load nothing: their only style is their own, with this SHA-256 in base64. Pages of `ancestors`
 * may contain them.
 */
export function refusalPolicyOf(styleHash: string, ancestors: readonly string[]): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    'img-src data:',
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${ancestors.length === 0 ? "'none'" : ancestors.join(' ')}`,
  ].join('; ');
}

function isOrigin(text: string): boolean {
  return /^https?:\/\/[^\s;,'"*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

/** What pages, and data for islands, depend on. */
export const PAGE_VARY = 'cookie, accept-language, accept-encoding';

/**
 * The headers of a page, beside the policy, which alone says which pages may embed a discussion. A window in which a
 * frame's reader signs in keeps its connection with the frame that has opened it.
 */
export function pageHeaders({
  isEmbedded,
  isForFrame,
}: {
  readonly isEmbedded: boolean;
  readonly isForFrame: boolean;
}): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'x-content-type-options': 'nosniff',
    // with no-referrer, browsers would send `Origin: null` with forms
    'referrer-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    vary: PAGE_VARY,
    ...(!isEmbedded && { 'x-frame-options': 'DENY' }),
    ...(!isForFrame && { 'cross-origin-opener-policy': 'same-origin' }),
  };
}
