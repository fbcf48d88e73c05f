import type { ComponentChild } from 'preact';
import type { Visit } from './visit.ts';

/** What a screen answers. */
export type Answer = Page | Redirect | Json | Resume | Refusal;

/** A page. Its view is rendered when nothing is known that is still the same. */
export interface Page {
  readonly kind: 'page';
  readonly status: number;
  /** The title of the tab, without the site's name. */
  readonly title: string;
  readonly view: ComponentChild;
  /** Elements for the head: description, Open Graph, links to other pages. */
  readonly head: ComponentChild;
  /** Whether search engines may list it. */
  readonly isIndexed: boolean;
  /** The viewer as the header shows them. Null for guests. */
  readonly viewer: { readonly id: string; readonly name: string } | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
}

export interface Redirect {
  readonly kind: 'redirect';
  readonly location: string;
  readonly cookies: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the address has changed for good, so that search engines replace it. */
  readonly isForGood?: boolean;
}

/** A page that says why nothing else is answered now, with the form that was sent. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly status: number;
  /** In how many seconds the request can succeed. */
  readonly retryAfter: number | null;
}

/** For an island's script. */
export interface Json {
  readonly kind: 'json';
  readonly status: number;
  readonly data: unknown;
  readonly cookies: readonly string[];
}

/** Sends another form of the same reader, which they filled in before they signed in. */
export interface Resume {
  readonly kind: 'resume';
  readonly visit: Visit;
  readonly path: string;
  readonly form: URLSearchParams;
  readonly token: string;
  readonly cookies: readonly string[];
}

/** A page. Unless it says otherwise, search engines do not list it. */
export function page(
  parts: Pick<Page, 'title' | 'view'> & Partial<Omit<Page, 'kind' | 'title' | 'view'>>,
): Page {
  const defaults = { status: 200, head: null, isIndexed: false, viewer: null, headers: {}, cookies: [] };
  return { kind: 'page', ...defaults, ...parts };
}

export function json(data: unknown, status = 200, cookies: readonly string[] = []): Json {
  return { kind: 'json', status, data, cookies };
}

/** The browser fetches another page with GET. After a form it is what keeps a reload from sending the form again. */
export function redirect(
  location: string,
  cookies: readonly string[] = [],
  headers: Readonly<Record<string, string>> = {},
): Redirect {
  return { kind: 'redirect', location, cookies, headers };
}

/** The page has another address now. */
export function movedTo(location: string): Redirect {
  return { kind: 'redirect', location, cookies: [], isForGood: true };
}
