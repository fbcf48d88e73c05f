// The addresses of the pages. Links and redirects are made here, so that an address is written once beside its route.

export const discussionPath = (slug: string): string => `/discussions/${encodeURIComponent(slug)}`;
export const commentPath = (slug: string, id: string): string => `${discussionPath(slug)}/comments/${id}`;
/** A discussion with a comment in view. */
export const inThread = (slug: string, id: string): string => `${discussionPath(slug)}?comment=${id}#${id}`;
/** The form to merge a discussion into another one, which it searches for if it is omitted. */
export const mergePath = (slug: string, into: string | null = null): string =>
  `${discussionPath(slug)}/merge${into === null ? '' : `?into=${encodeURIComponent(into)}`}`;
/** The form to mark a discussion as a duplicate of another one, which it searches for if it is omitted. */
export const duplicatePath = (slug: string, of: string | null = null): string =>
  `${discussionPath(slug)}/duplicate${of === null ? '' : `?of=${encodeURIComponent(of)}`}`;
export const categoryPath = (slug: string): string => `/categories/${encodeURIComponent(slug)}`;
export const productPath = (slug: string): string => `/products/${encodeURIComponent(slug)}`;
export const tagPath = (slug: string): string => `/tags/${encodeURIComponent(slug)}`;

/**
 * Whether a page is on the way to a session, so that nobody returns to it after they have signed in.
 * The addresses of some contain tokens of e-mails, which no link repeats.
 */
export const isSignInPath = (path: string): boolean =>
  /^\/(?:sign-in|sign-up|forgot-password|reset-password|confirm-email)(?:[/?#]|$)/.test(path);
/** Whether a page is one reader's own, or has a token of an e-mail: browsers store no copy of it. */
export const isPrivatePath = (path: string): boolean =>
  /^\/(?:account|bookmarks|reset-password|confirm-email|embed\/signed-in)(?:\/|$)/.test(path);
/** The id is stable. A handle, which can change, leads to the same page. */
export const authorPath = (idOrHandle: string): string => `/authors/${encodeURIComponent(idOrHandle)}`;

/** A path with other values in its query string. Null removes a value. */
export function withQuery(url: URL, changes: Readonly<Record<string, string | null>>): string {
  const query = new URLSearchParams(url.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  return text === '' ? url.pathname : `${url.pathname}?${text}`;
}

/** The Atom feed of a page: of the forum, a category, a product, a tag, an author, or a discussion. Served by Parley itself. */
export function feedPath(
  kind: 'discussions' | 'categories' | 'products' | 'tags' | 'authors',
  slug: string | null,
): string {
  return slug === null ? `/feeds/${kind}.atom` : `/feeds/${kind}/${encodeURIComponent(slug)}.atom`;
}
