interface Preview {
  readonly html: string | null;
  readonly problems: readonly { readonly message: string }[];
}

/** The prefix of the keys under which drafts are stored in this browser. */
const PREFIX = 'parley-draft:';
const DAYS_MAX = 14;

/** Previews without loading the page again, and saves drafts until they are sent. */
export function helpWriting(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-island="write"]')) saveDraft(form);
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    const button = event.submitter as HTMLButtonElement | null;
    if (form.dataset['island'] !== 'write') return;
    if (button?.value === 'post') writeDraft(keyOf(form), '');
    if (button?.value !== 'preview') return;
    event.preventDefault();
    preview(form).catch(() => {
      form.dataset['island'] = 'off';
      form.requestSubmit(button);
    });
  });
}

async function preview(form: HTMLFormElement): Promise<void> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
  body.set('intent', 'preview');
  const response = await fetch(form.action, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body,
  });
  if (!response.ok) throw new Error(String(response.status));
  const { html, problems }: Preview = await response.json();
  const box = form.querySelector<HTMLElement>('.preview');
  const prose = box?.querySelector('.prose');
  if (!box || !prose) return;
  box.hidden = false;
  // the server has sanitized it, as in the page
  if (html !== null && problems.length === 0) prose.innerHTML = html;
  else prose.textContent = problems.map(({ message }) => message).join(' ');
}

function saveDraft(form: HTMLFormElement): void {
  const text = form.querySelector('textarea');
  if (!text) return;
  const draft = readDraft(keyOf(form));
  if (draft !== null && text.value === '') text.value = draft;
  text.addEventListener('input', () => writeDraft(keyOf(form), text.value));
}

function readDraft(key: string): string | null {
  try {
    const { at, text } = JSON.parse(localStorage.getItem(key) ?? 'null') ?? {};
    return typeof text === 'string' && Date.now() - at < DAYS_MAX * 86_400_000 ? text : null;
  } catch {
    return null;
  }
}

/** An empty text removes the draft. Browsers may refuse to store anything; then there are no drafts. */
function writeDraft(key: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ at: Date.now(), text }));
  } catch {}
}

/** One for each form and for each comment that it replies to. */
function keyOf(form: HTMLFormElement): string {
  const replyTo = form.querySelector<HTMLInputElement>('[name="replyTo"]')?.value ?? '';
  return `${PREFIX}${new URL(form.action).pathname}#${replyTo}`;
}
