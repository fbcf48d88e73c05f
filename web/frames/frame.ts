// In the frame of an embedded discussion, and in the window in which its reader signs in.
import { type FrameMessage, type HostMessage, messageOf } from './messages.ts';

const embedded = document.getElementById('embedded');
const host = embedded?.dataset['host'];
const code = document.querySelector<HTMLElement>('[data-frame="code"]')?.dataset['code'];

if (embedded && host !== undefined && parent !== window) talkTo(host, embedded);
takeCode();
// the window: only a frame of the forum itself gets the code
if (code !== undefined && opener) {
  opener.postMessage({ parley: 1, type: 'code', code }, location.origin);
  close();
}

/** Tells the page around the frame its height, and takes theme, language and token from it. */
function talkTo(origin: string, content: HTMLElement): void {
  const tell = (message: FrameMessage) => parent.postMessage(message, origin);
  // one after the other, so that the last one counts
  let tokens = Promise.resolve();
  new ResizeObserver(() => {
    tell({ parley: 1, type: 'height', height: content.getBoundingClientRect().height });
  }).observe(content);
  addEventListener('message', (event) => {
    const message = messageOf<HostMessage>(event, parent, origin);
    if (message?.type === 'theme') setTheme(String(message.theme));
    if (message?.type === 'language') setLanguage(String(message.language));
    if (message?.type === 'token') {
      const token = String(message.token ?? '');
      const onRefused = () => tell({ parley: 1, type: 'token-refused' });
      const onTaken = () => token === '' && tell({ parley: 1, type: 'token-removed' });
      tokens = tokens.then(() => setToken(token, onTaken, onRefused)).catch(onRefused);
    }
  });
  document.querySelector('form[data-frame="sign-out"]')?.addEventListener('submit', () => {
    tell({ parley: 1, type: 'signed-out' });
  });
  tell({ parley: 1, type: 'ready' });
}

/** The address of the frame with another value, which its forms return to. */
function remember(name: string, value: string): URL {
  const here = new URL(returnField()?.value ?? location.href, location.href);
  here.searchParams.set(name, value);
  here.hash = '';
  for (const field of document.querySelectorAll<HTMLInputElement>('input[name="return"]')) {
    const one = new URL(field.value, location.href);
    one.searchParams.set(name, value);
    field.value = one.pathname + one.search + one.hash;
  }
  return here;
}

function returnField(): HTMLInputElement | null {
  return document.querySelector('input[name="return"]');
}

function setTheme(theme: string): void {
  const isChosen = theme === 'light' || theme === 'dark';
  const root = document.documentElement;
  if (isChosen) root.dataset['theme'] = theme;
  else delete root.dataset['theme'];
  const scheme = document.querySelector<HTMLMetaElement>('meta[name="color-scheme"]');
  if (scheme) scheme.content = isChosen ? theme : 'light dark';
  remember('theme', isChosen ? theme : 'auto');
}

/** A language that the forum has not is ignored by the server, and does not load the frame again. */
function setLanguage(language: string): void {
  const asked = new URLSearchParams(new URL(returnField()?.value ?? '/', location.href).search).get(
    'language',
  );
  if (language === asked || language === document.documentElement.lang) return;
  location.replace(remember('language', language));
}

/** Loads the frame again if its session is another one now, or has ended. One of the functions is called before. */
async function setToken(token: string, onTaken: () => void, onRefused: () => void): Promise<void> {
  const here = returnField()?.value ?? '';
  const { isRefused, isChanged } = await sendToken(token, here);
  // a browser that refuses the frame's cookies would load it again and again
  if (isChanged && (await sendToken(token, here)).isChanged) throw new Error('The session was not kept.');
  if (isRefused) onRefused();
  else onTaken();
  if (isChanged) location.replace(here);
}

interface TokenAnswer {
  readonly isRefused: boolean;
  /** Whether the frame's session is another one now. */
  readonly isChanged: boolean;
}

async function sendToken(token: string, here: string): Promise<TokenAnswer> {
  const response = await fetch('/embed/session', {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ token, return: here }),
  });
  const { isChanged = false } = await response.json();
  return { isRefused: !response.ok, isChanged };
}

/** Opens the window for the sign-in, and sends the form with the code that it posts. */
function takeCode(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-frame="sign-in"]');
  if (!form) return;
  form.querySelector<HTMLAnchorElement>('a[data-frame="window"]')?.addEventListener('click', (event) => {
    const { href, target } = event.currentTarget as HTMLAnchorElement;
    if (open(href, target, 'popup,width=480,height=720')) event.preventDefault();
  });
  addEventListener('message', ({ origin, data }) => {
    const field = form.querySelector<HTMLInputElement>('input[name="code"]');
    if (origin !== location.origin || data?.type !== 'code' || !field) return;
    field.value = String(data.code);
    form.submit();
  });
}
