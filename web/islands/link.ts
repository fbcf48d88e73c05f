/**
 * A link to a comment has its id after the `#`, which servers never see. If the page does not contain the comment, the
 * page that does is opened.
 */
export function followLinks(): void {
  follow();
  addEventListener('hashchange', follow);
}

function follow(): void {
  const id = location.hash.slice(1);
  const path = /^(\/discussions\/[^/]+)(?:\/comments\/[^/]+)?\/?$/.exec(location.pathname)?.[1];
  const query = new URLSearchParams(location.search);
  // ids have no characters that are written in another way in an address
  if (path === undefined || !/^[\w-]{12,}$/.test(id)) return;
  if (document.getElementById(id) || query.get('comment') === id) return;
  location.replace(`${path}?comment=${id}#${id}`);
}
