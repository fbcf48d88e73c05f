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
  /** The hosts from which pages may load images. */
  readonly imageHosts: readonly string[];
  /** The Content-Security-Policy of its pages. */
  readonly policy: string;
  /** The Content-Security-Policy of discussions in the pages of `embedding.origins`. */
  readonly embedPolicy: string;
  readonly embedding: Embedding;
}

export interface Embedding {
  /** The origins whose pages may contain discussions. Empty: none, and nothing is served for them. */
  readonly origins: readonly string[];
  /** The key that creates the discussions of pages that the host has signed. Null: readers create discussions. */
  readonly apiKey: string | null;
}

export function siteOf(parts: Pick<Site, 'name' | 'url' | 'assets' | 'imageHosts' | 'embedding'>): Site {
  const { origin, protocol } = new URL(parts.url);
  return {
    ...parts,
    origin,
    isSecure: protocol === 'https:',
    policy: policyOf(parts.imageHosts, []),
    embedPolicy: policyOf(parts.imageHosts, parts.embedding.origins),
  };
}
