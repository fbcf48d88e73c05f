import { caretOf } from './caret.ts';
import { getJson } from './send.ts';

interface Found {
  /** How many, in words. */
  readonly status: string;
  /** The options of the list. */
  readonly html: string;
}

/** The beginning of a handle or name between an `@` and the caret. In e-mail addresses, something stands before it. */
const BEGUN = /(?<![\p{L}\p{N}_.@])@([\p{L}\p{N}_-]{1,40})$/u;
const PAUSE_MS = 150;

/**
 * Offers people while a mention is typed. The focus stays in the text: arrow keys choose, Enter or Tab takes, Escape
 * closes.
 */
export function completeMentions(): void {
  for (const list of document.querySelectorAll<HTMLElement>('[data-mentions]')) {
    const text = list.parentElement?.querySelector('textarea');
    if (text) new Completion(text, list);
  }
}

class Completion {
  readonly #text: HTMLTextAreaElement;
  readonly #list: HTMLElement;
  #asked = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #chosen = 0;
  /** What the options begin with, and where it is in the text. */
  #shown: RegExpExecArray | null = null;

  constructor(text: HTMLTextAreaElement, list: HTMLElement) {
    this.#text = text;
    this.#list = list;
    text.setAttribute('aria-autocomplete', 'list');
    text.setAttribute('aria-controls', list.id);
    text.addEventListener('input', () => this.#follow());
    text.addEventListener('keydown', (event) => this.#press(event));
    text.addEventListener('blur', () => this.#close());
    // the text keeps the focus
    list.addEventListener('pointerdown', (event) => event.preventDefault());
    list.addEventListener('click', (event) => {
      const option = (event.target as Element).closest<HTMLElement>('[role="option"]');
      if (option) this.#take(option);
    });
  }

  get #options(): HTMLElement[] {
    return [...this.#list.querySelectorAll<HTMLElement>('[role="option"]')];
  }

  get #begun(): RegExpExecArray | null {
    const { selectionStart, selectionEnd, value } = this.#text;
    return selectionStart === selectionEnd ? BEGUN.exec(value.slice(0, selectionStart)) : null;
  }

  #follow(): void {
    clearTimeout(this.#timer);
    this.#asked.abort();
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    const begun = this.#begun;
    if (begun === null) {
      this.#close();
      return;
    }
    this.#timer = setTimeout(async () => {
      const query = { query: begun[1] ?? '', id: this.#list.id };
      const path = this.#list.dataset['mentions'] ?? '';
      const found = await getJson<Found>(path, query, signal).catch(() => null);
      if (found && !signal.aborted && this.#begun !== null) this.#show(found, begun);
    }, PAUSE_MS);
  }

  #show({ status, html }: Found, begun: RegExpExecArray): void {
    this.#shown = begun;
    this.#list.innerHTML = html;
    this.#list.hidden = html === '';
    this.#say(status);
    this.#choose(0);
    const { left, top } = caretOf(this.#text, begun.index);
    const widest = this.#text.clientWidth - this.#list.offsetWidth;
    this.#list.style.left = `${Math.max(0, Math.min(left, widest))}px`;
    this.#list.style.top = `${top}px`;
  }

  #choose(index: number): void {
    const options = this.#options;
    this.#chosen = (index + options.length) % Math.max(1, options.length);
    for (const [at, option] of options.entries()) {
      option.setAttribute('aria-selected', String(at === this.#chosen));
      if (at === this.#chosen) option.scrollIntoView({ block: 'nearest' });
    }
    const id = options[this.#chosen]?.id;
    if (id === undefined) this.#text.removeAttribute('aria-activedescendant');
    else this.#text.setAttribute('aria-activedescendant', id);
  }

  /** Whether the options are those for what is before the caret now: these may still be asked for. */
  get #isCurrent(): boolean {
    const begun = this.#begun;
    return begun !== null && begun.index === this.#shown?.index && begun[1] === this.#shown[1];
  }

  #press(event: KeyboardEvent): void {
    const option = this.#options[this.#chosen];
    if (this.#list.hidden || option === undefined || event.isComposing) return;
    if (event.key === 'ArrowDown') this.#choose(this.#chosen + 1);
    else if (event.key === 'ArrowUp') this.#choose(this.#chosen - 1);
    else if ((event.key === 'Enter' || event.key === 'Tab') && this.#isCurrent) this.#take(option);
    else if (event.key === 'Escape') this.#close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #take(option: HTMLElement): void {
    const begun = this.#begun;
    if (begun === null) return;
    const mention = `@${option.dataset['handle'] ?? ''} `;
    this.#text.setRangeText(mention, begun.index, this.#text.selectionStart, 'end');
    this.#close();
    this.#text.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#asked.abort();
    this.#list.hidden = true;
    this.#list.replaceChildren();
    this.#say('');
    this.#text.removeAttribute('aria-activedescendant');
  }

  #say(status: string): void {
    const output = this.#list.parentElement?.querySelector('[role="status"]');
    if (output) output.textContent = status;
  }
}
