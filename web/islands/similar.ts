import { getJson } from './send.ts';

interface Similar {
  /** How many, in words. */
  readonly status: string;
  /** The items of the list. */
  readonly html: string;
}

/** From how many characters of a title similar ones are searched for. */
const CHARS_MIN = 3;
const PAUSE_MS = 350;

/** Shows questions that are similar to the one that is being typed, when there is a pause. */
export function showSimilar(): void {
  for (const section of document.querySelectorAll<HTMLElement>('[data-similar]')) {
    const title = section.closest('form')?.querySelector<HTMLInputElement>('[name="title"]');
    if (title) follow(title, section);
  }
}

function follow(title: HTMLInputElement, section: HTMLElement): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = new AbortController();
  title.addEventListener('input', () => {
    clearTimeout(timer);
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    timer = setTimeout(async () => {
      try {
        const text = title.value.trim();
        const path = section.dataset['similar'] ?? '';
        const found =
          text.length < CHARS_MIN
            ? { status: '', html: '' }
            : await getJson<Similar>(path, { title: text }, signal);
        show(section, found);
      } catch {
        // what was found before stays: it helps, and nothing depends on it
      }
    }, PAUSE_MS);
  });
}

/** The number alone is announced, and only when it changes. */
function show(section: HTMLElement, { status, html }: Similar): void {
  const output = section.querySelector('[role="status"]');
  const list = section.querySelector('ul');
  if (output && output.textContent !== status) output.textContent = status;
  if (list) list.innerHTML = html;
}
