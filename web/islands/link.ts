/**
 * A link to a comment has its id after the `#`, which servers never see. If the page does not contain the comment, the
 * page that does is opened.
 */
export function followLinks(): void {
  const id = decodeURIComponent(location.hash.slice(1));
  const isComment = /^\/discussions\/[^/]+\/?$/.test(location.pathname) && /^[\w-]{12,}$/.test(id);
  const query = new URLSearchParams(location.search);
  if (!isComment || document.getElementById(id) || query.get('comment') === id) return;
  location.replace(`${location.pathname}?comment=${encodeURIComponent(id)}#${id}`);
}
