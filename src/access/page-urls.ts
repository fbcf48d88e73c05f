// The URLs of the pages that a front end has for the objects of this forum.

/** The pages that have a setting each. */
export const PAGE_KINDS = ['discussion', 'category', 'product', 'tag', 'author'] as const;
export type PageKind = (typeof PAGE_KINDS)[number];

/** The placeholder in the URL of each kind of page: the slug of the object, or the author's id. */
export const PLACEHOLDERS: Readonly<Record<PageKind, string>> = {
  discussion: '{slug}',
  category: '{slug}',
  product: '{slug}',
  tag: '{slug}',
  author: '{id}',
};

const PATHS: Readonly<Record<PageKind, string>> = {
  discussion: 'discussions',
  category: 'categories',
  product: 'products',
  tag: 'tags',
  author: 'authors',
};

/** Makes the URL of the page of one object, and finds the object's name in such a URL. */
export interface PageUrls {
  /** The URL of the page of the object with this slug or id. */
  of(kind: PageKind, name: string): string;
  /**
   * The slug or id in the URL of a page, which may have a query, a fragment and a trailing slash. Null if it is not the
   * URL of such a page.
   */
  nameIn(kind: PageKind, url: string): string | null;
}

/** The pages below a site's URL. `templates`: the URLs of pages that are elsewhere, each with its placeholder. */
export function pageUrls(
  siteUrl: string,
  templates: Readonly<Partial<Record<PageKind, string>>> = {},
): PageUrls {
  const parts = {} as Record<PageKind, readonly [before: string, after: string]>;
  for (const kind of PAGE_KINDS) {
    const template = templates[kind] ?? `${siteUrl}/${PATHS[kind]}/${PLACEHOLDERS[kind]}`;
    const [before = '', after = ''] = template.split(PLACEHOLDERS[kind]);
    parts[kind] = [before, after];
  }
  return {
    of: (kind, name) => parts[kind].join(encodeURIComponent(name)),
    nameIn: (kind, url) => nameBetween(parts[kind], url),
  };
}

function nameBetween([before, after]: readonly [string, string], url: string): string | null {
  if (!url.startsWith(before)) return null;
  const rest = url.slice(before.length);
  const end = rest.search(/[/?#&]|$/);
  const isPage = rest.startsWith(after, end) && /^\/?(?:[?#]|$)/.test(rest.slice(end + after.length));
  return isPage ? decodedSegment(rest.slice(0, end)) : null;
}

/** A segment of a path. One that is not encoded correctly stays as it is. */
export function decodedSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const known = new Map<string, PageUrls>();

/** The default pages of a site, made once. */
export function defaultPageUrls(siteUrl: string): PageUrls {
  let urls = known.get(siteUrl);
  if (!urls) {
    urls = pageUrls(siteUrl);
    known.set(siteUrl, urls);
  }
  return urls;
}
