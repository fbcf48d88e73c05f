import { policyOf } from './page-headers.ts';

/** What is the same for every page. */
export interface Site {
  /** The forum's name, as the header and titles show it. */
  readonly name: string;
  /** The forum's base URL, without a trailing slash. */
  readonly url: string;
  readonly origin: string;
  /** Whether readers reach it over TLS. */
  readonly isSecure: boolean;
  /** URLs of the built files by their names, such as `main.css`. */
  readonly assets: ReadonlyMap<string, string>;
  /** The Content-Security-Policy of its pages. */
  readonly policy: string;
}

export function siteOf(
  name: string,
  url: string,
  assets: ReadonlyMap<string, string>,
  imageHosts: readonly string[],
): Site {
  const { origin, protocol } = new URL(url);
  return { name, url, origin, isSecure: protocol === 'https:', assets, policy: policyOf(imageHosts) };
}
