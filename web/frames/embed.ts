// Puts discussions of the forum into a page of another site. `<script src="…/embed.js" data-external-id="…" async>` puts
// one behind itself; `<parley-discussion data-external-id="…">` is one.
import { type FrameMessage, type HostMessage, messageOf } from './messages.ts';

const script = document.currentScript as HTMLScriptElement;
const forum = new URL(script.src).origin;
const NAME = 'parley-discussion';
const HEIGHT = '320';

class Discussion extends HTMLElement {
  static readonly observedAttributes = ['data-theme', 'data-language'];
  #frame: HTMLIFrameElement | null = null;
  /** What each frame is told when it is ready. Empty until a frame has ended its session. Null: nothing. */
  #token: string | null = null;

  connectedCallback(): void {
    const { externalId, title, signature, theme, language, height = HEIGHT, label } = this.dataset;
    if (externalId === undefined) return;
    // the address is published: nothing that only its reader has may be in it
    const canonical = document.querySelector<HTMLLinkElement>('link[rel="canonical"]')?.href;
    const url = canonical ?? location.origin + location.pathname;
    const query = new URLSearchParams({ id: externalId, host: location.origin, url });
    query.set('title', title ?? document.title);
    for (const [name, value] of Object.entries({ signature, theme, language }))
      if (value) query.set(name, value);
    const frame = document.createElement('iframe');
    frame.src = `${forum}/embed?${query}`;
    frame.title = label ?? 'Discussion';
    // a page that is left too early must not leave the session of the reader before behind
    frame.loading = this.#token === '' ? 'eager' : 'lazy';
    frame.referrerPolicy = 'strict-origin';
    frame.style.cssText = `display:block;width:100%;border:0;height:${Number(height)}px`;
    this.#frame = frame;
    this.#paint();
    this.replaceChildren(frame);
    addEventListener('message', this.#receive);
  }

  disconnectedCallback(): void {
    removeEventListener('message', this.#receive);
    this.#frame?.remove();
    this.#frame = null;
  }

  attributeChangedCallback(): void {
    this.#paint();
    this.#tellAppearance();
  }

  /** Signs the reader in with a token of an external identity provider. Null signs them out. */
  setToken(token: string | null): void {
    this.#token = token ?? '';
    if (this.#token === '' && this.#frame) this.#frame.loading = 'eager';
    this.#tellToken();
  }

  #tellToken(): void {
    if (this.#token !== null) this.#tell({ parley: 1, type: 'token', token: this.#token });
  }

  /** A frame whose color scheme differs from its document's has a white ground. */
  #paint(): void {
    const { theme } = this.dataset;
    if (this.#frame)
      this.#frame.style.colorScheme = theme === 'light' || theme === 'dark' ? theme : 'light dark';
  }

  #tellAppearance(): void {
    const { theme = 'auto', language } = this.dataset;
    this.#tell({ parley: 1, type: 'theme', theme });
    if (language) this.#tell({ parley: 1, type: 'language', language });
  }

  #tell(message: HostMessage): void {
    this.#frame?.contentWindow?.postMessage(message, forum);
  }

  readonly #receive = (event: MessageEvent): void => {
    const message = messageOf<FrameMessage>(event, this.#frame?.contentWindow, forum);
    if (message === null || this.#frame === null) return;
    if (message.type === 'height')
      this.#frame.style.height = `${Math.ceil(Number(message.height)) || HEIGHT}px`;
    if (message.type === 'ready') {
      this.#tellAppearance();
      this.#tellToken();
    }
    // the token would begin the session again
    if (message.type === 'signed-out') this.#token = null;
    // from now on, the reader may sign in in the frame
    if (message.type === 'token-removed' && this.#token === '') this.#token = null;
    this.dispatchEvent(new CustomEvent(`parley-${message.type}`, { detail: message, bubbles: true }));
  };
}

if (!customElements.get(NAME)) customElements.define(NAME, Discussion);
if (script.dataset['externalId'] !== undefined) {
  const discussion = document.createElement(NAME);
  Object.assign(discussion.dataset, script.dataset);
  script.after(discussion);
}
