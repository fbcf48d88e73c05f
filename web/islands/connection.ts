// Says in the page's live region that the forum cannot be reached, and takes it back. Forms are not sent into nowhere:
// what was typed stays where it is.

/** The forum does not answer now: no connection, or 502, 503 or 504. */
export class Away extends Error {}

/** Browsers know for certain that they are offline; what they take for online may be a network without a way out. */
const isOffline = () => navigator.onLine === false;

const region = () => document.querySelector<HTMLElement>('[data-connection]');

/** Follows the browser's connection, and keeps forms on their pages while there is none. */
export function watchConnection(): void {
  const show = () => (isOffline() ? tell('offline') : takeBack());
  addEventListener('online', show);
  addEventListener('offline', show);
  if (isOffline()) show();
  // before every other island
  document.addEventListener(
    'submit',
    (event) => {
      if (!isOffline()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      tell('offline');
    },
    { capture: true },
  );
}

/**
 * `fetch`, which says in the page if the forum cannot be reached, and takes it back when it can. Rejects with Away then.
 * `isAsked`: whether the reader waits for it. What is fetched without being asked for says nothing of a busy forum.
 */
export async function reach(url: string | URL, init: RequestInit, isAsked: boolean): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    tell(isOffline() ? 'offline' : 'away');
    throw new Away();
  }
  if (response.status >= 502 && response.status <= 504) {
    if (isAsked) tell('away');
    throw new Away();
  }
  takeBack();
  return response;
}

/** The text is written anew each time, so that a second attempt is announced too. */
function tell(what: 'offline' | 'away'): void {
  const box = region();
  if (!box) return;
  const note = document.createElement('p');
  note.className = 'note connection__note';
  note.textContent = box.dataset[what] ?? '';
  box.replaceChildren(note);
}

function takeBack(): void {
  region()?.replaceChildren();
}
