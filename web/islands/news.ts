import { Away } from './connection.ts';
import { insertComments } from './insert-comments.ts';
import { getJson } from './send.ts';

interface News {
  /** How many comments there are now, and what that is called. */
  readonly count: number;
  readonly heading: string;
  /** The text of the note. Empty if there are none. */
  readonly note: string;
  /** When the newest was written. */
  readonly newest: string;
  /** The page that has the newest comment in view, and the address that leads to the first new one. */
  readonly path: string;
  readonly firstPath: string;
}

const PAUSE_MS = 30_000;
const PAUSE_MAX_MS = 300_000;

/**
 * Tells how many comments have come while a discussion is open. Nothing moves and the focus stays where it is until the
 * reader asks for them. Hidden tabs ask nothing.
 */
export function tellNews(): void {
  const box = document.querySelector<HTMLElement>('[data-news]');
  if (!box) return;
  const link = document.createElement('a');
  link.className = 'btn btn--main';
  let pause = PAUSE_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let news: News | null = null;

  const wait = () => {
    clearTimeout(timer);
    if (document.visibilityState === 'visible') timer = setTimeout(ask, pause);
  };
  const ask = async () => {
    try {
      news = await getJson<News>(box.dataset['news'] ?? '', { seen: box.dataset['seen'] ?? '0' });
      pause = PAUSE_MS;
      if (link.textContent !== news.note) link.textContent = news.note;
      link.href = news.firstPath;
      if (news.note === '') link.remove();
      else if (!link.isConnected) box.append(link);
    } catch {
      pause = Math.min(2 * pause, PAUSE_MAX_MS);
    }
    wait();
  };
  document.addEventListener('visibilitychange', wait);
  wait();

  link.addEventListener('click', async (event) => {
    if (news === null || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { newest = '', seen = '0' } = box.dataset;
    const inserted = insertComments(news.path, newest, news.count - Number(seen));
    const isDone = await inserted.catch((error) => error instanceof Away && null);
    // the page says that the forum cannot be reached: leaving it would lose what is typed
    if (isDone === null) return;
    if (!isDone) return location.assign(news.firstPath);
    const heading = document.getElementById('talk');
    if (heading) heading.textContent = news.heading;
    box.dataset['seen'] = String(news.count);
    box.dataset['newest'] = news.newest;
    link.remove();
  });
}
