const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** The cookies of a request. Of two with one name, the first counts. */
export function readCookies(header: string | undefined): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    if (at > 0 && !cookies.has(name)) cookies.set(name, pair.slice(at + 1).trim());
  }
  return cookies;
}

/**
 * A Set-Cookie header. Scripts cannot read the cookie, and other sites' forms do not send it. A null value deletes it.
 * A `session` is taken from this host alone and sent over TLS alone, if the site has TLS.
 */
export function setCookie(
  name: string,
  value: string | null,
  isSecure: boolean,
  kind: 'session' | 'plain' = 'session',
): string {
  const age = value === null ? 0 : YEAR_SECONDS;
  const fullName = kind === 'session' ? cookieName(name, isSecure) : name;
  return `${fullName}=${value ?? ''}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
}

/** Browsers accept a cookie with this prefix only over TLS, for all paths, from the host itself. */
export function cookieName(name: string, isSecure: boolean): string {
  return isSecure ? `__Host-${name}` : name;
}

/**
 * A Set-Cookie header for a frame in another site's page. It is stored for the frame in pages of that site alone
 * (`Partitioned`), and no page of another site sends it. Browsers accept it over TLS, and from this machine itself.
 */
export function setFrameCookie(
  name: string,
  value: string | null,
  isSecure: boolean,
  ageSeconds = YEAR_SECONDS,
): string {
  const age = value === null ? 0 : ageSeconds;
  const rest = 'HttpOnly; Secure; SameSite=None; Partitioned';
  return `${cookieName(name, isSecure)}=${value ?? ''}; Path=/; Max-Age=${age}; ${rest}`;
}
