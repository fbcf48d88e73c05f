/** The prefix of the keys under which drafts are stored in this browser. */
const PREFIX = 'parley-draft:';
const DAYS_MAX = 14;
/** Where the key of the draft is that was sent last. */
const SENT = 'parley-sent';

type Texts = Readonly<Record<string, string>>;
type Control = HTMLTextAreaElement | HTMLInputElement;

/**
 * Fills in what was typed before, if the form is still empty or shows what is stored, and saves what is typed from now on.
 * The draft of an edit has the revision that it is based on, and the title that its form has shown: saving it finds what was
 * changed since, and does not send a title that was left.
 */
export function keepDraft(form: HTMLFormElement): void {
  const controls = [...form.querySelectorAll<Control>('textarea, input[name="title"]')];
  const isFresh = form.dataset['fresh'] !== undefined;
  const bases = form.querySelectorAll<HTMLInputElement>('[name="revision"], [name="title.shown"]');
  const fields = [...controls, ...bases];
  const key = keyOf(form);
  const draft = readDraft(key);
  const isOther = controls.some(({ name, value }) => value !== (draft[name] ?? value));
  // what is stored is no draft
  const isStored = () => isFresh && controls.every(({ value, defaultValue }) => value === defaultValue);
  const texts = () => Object.fromEntries(fields.map(({ name, value }) => [name, value]));
  if (!isFresh) {
    if (controls.every(({ value }) => value === ''))
      for (const control of controls) control.value = draft[control.name] ?? '';
  } else if (isOther) restore(form, fields, draft, () => writeDraft(key, {}));
  for (const control of controls)
    control.addEventListener('input', () => writeDraft(key, isStored() ? {} : texts()));
}

/**
 * Puts a draft in the place of what is stored, and says so in a status that was empty, so that it is announced. Its button
 * brings back what is stored.
 */
function restore(form: HTMLFormElement, fields: readonly Control[], draft: Texts, discard: () => void): void {
  const note = form.querySelector<HTMLElement>('[data-restored]');
  const show = (isRestored: boolean) => {
    const [status, button] = note?.children ?? [];
    if (!note || !status) return;
    note.className = isRestored ? 'note' : 'sr';
    status.textContent = isRestored ? (note.dataset['restored'] ?? '') : '';
    button?.toggleAttribute('hidden', !isRestored);
  };
  const stored = fields.map(({ value }) => value);
  for (const field of fields) field.value = draft[field.name] ?? field.value;
  show(true);
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    fields.forEach((field, index) => {
      field.value = stored[index] ?? '';
    });
    show(false);
    discard();
    fields[0]?.focus();
  });
}

/** Notes that a form is being sent. Its draft stays until the next page says that it has arrived. */
export function noteSent(form: HTMLFormElement): void {
  try {
    sessionStorage.setItem(SENT, keyOf(form));
  } catch {}
}

/** The reader sends another form instead: what leads to the next page does not carry what was sent. */
export function forgetSent(): void {
  try {
    sessionStorage.removeItem(SENT);
  } catch {}
}

/**
 * Removes the draft of the form that led to this page, unless it has not arrived: offline, refused, or carried through the
 * sign-in, whose pages may be several.
 */
export function dropSentDraft(): void {
  const [entry] = performance.getEntriesByType('navigation');
  if (!entry) return;
  const { type, redirectCount, responseStatus } = entry as PerformanceNavigationTiming;
  try {
    const key = sessionStorage.getItem(SENT);
    if (key === null || responseStatus === 401 || carries(document)) return;
    forgetSent();
    // what was posted leads on to a page
    if (type === 'navigate' && redirectCount > 0) writeDraft(key, {});
  } catch {}
}

/** Whether a form, or a page of the sign-in, carries what a guest has sent. */
export function carries(part: ParentNode): boolean {
  return part.querySelector('input[name="carried.action"]') !== null;
}

function readDraft(key: string): Texts {
  try {
    const { at, texts } = JSON.parse(localStorage.getItem(key) ?? '{}');
    return Date.now() - at < DAYS_MAX * 86_400_000 ? (texts ?? {}) : {};
  } catch {
    return {};
  }
}

/** Without any text there is no draft. Browsers may refuse to store anything; then there are none. */
function writeDraft(key: string, texts: Texts): void {
  try {
    if (Object.values(texts).every((text) => text === '')) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ at: Date.now(), texts }));
  } catch {}
}

/** One for each form and for each comment that it replies to. */
function keyOf(form: HTMLFormElement): string {
  const replyTo = form.querySelector<HTMLInputElement>('[name="replyTo"]')?.value ?? '';
  return `${PREFIX}${new URL(form.action).pathname}#${replyTo}`;
}
