import { reach } from './connection.ts';

/**
 * Inserts the `count` comments of a page that are newer than a time into this one, each under the comment that it replies
 * to, and moves the focus to the newest. Everything that is open or typed stays. Resolves to false if that page does not
 * have all of them, or if one has no place here, because what it replies to is on another page.
 */
export async function insertComments(path: string, newerThan: string, count: number): Promise<boolean> {
  const url = new URL(path, location.href);
  const order = new URLSearchParams(location.search).get('order');
  if (order) url.searchParams.set('order', order);
  const response = await reach(url, {}, true);
  if (!response.ok) return false;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const articles = [...page.querySelectorAll<HTMLElement>('.talk article.c')];
  const fresh = articles.filter((one) => isNewer(one, newerThan) && !document.getElementById(one.id));
  if (fresh.length < count) return false;
  // a deep reply leads to the page of a comment above it, which is no answer of its own
  if (response.redirected && !document.getElementById(articles[0]?.id ?? '')) return false;
  for (const article of fresh) article.classList.add('c--new');
  // a reply to a new comment comes with it
  for (const article of fresh) if (!document.getElementById(article.id)) insert(article);
  const newest = document.getElementById(decodeURIComponent(url.hash.slice(1)));
  if (!newest || fresh.some(({ id }) => !document.getElementById(id))) return false;
  for (let fold = newest.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null)
    fold.open = true;
  newest.tabIndex = -1;
  newest.focus({ preventScroll: true });
  newest.scrollIntoView({ block: 'center' });
  return true;
}

function isNewer(article: Element, than: string): boolean {
  const at = article.querySelector(':scope > .body .when time')?.getAttribute('datetime') ?? '';
  return Date.parse(at) > Date.parse(than);
}

/** Puts a comment into the list under its parent. If the parent has none yet, it gets the list with its summary. */
function insert(article: HTMLElement): void {
  const item = article.parentElement;
  const parent = item?.parentElement?.closest<HTMLElement>('article.c');
  const list = parent
    ? document.getElementById(parent.id)?.querySelector(':scope > .kids > ol')
    : document.querySelector('.talk > ol');
  if (list && item) {
    const id = item.previousElementSibling?.querySelector(':scope > article')?.id;
    const before = document.getElementById(id ?? '')?.parentElement;
    if (before?.parentElement === list) before.after(document.adoptNode(item));
    else list[id === undefined ? 'prepend' : 'append'](document.adoptNode(item));
    return;
  }
  const fold = parent?.querySelector(':scope > .kids');
  const own = parent && document.getElementById(parent.id);
  if (!own || !fold) return;
  // the link to its page, which has them
  own.querySelector(':scope > .kids')?.remove();
  own.append(document.adoptNode(fold));
}
