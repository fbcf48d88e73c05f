/** The prefix of the keys under which drafts are stored in this browser. */
const PREFIX = 'parley-draft:';
const DAYS_MAX = 14;
/** Where the key of the draft is that was sent last. */
const SENT = 'parley-sent';

type Texts = Readonly<Record<string, string>>;
type Control = HTMLTextAreaElement | HTMLInputElement;

/** Fills in what was typed before, if the form is still empty, and saves what is typed from now on. */
export function keepDraft(form: HTMLFormElement): void {
  const controls = [...form.querySelectorAll<Control>('textarea, input[name="title"]')];
  if (controls.every(({ value }) => value === '')) {
    const draft = readDraft(keyOf(form));
    for (const control of controls) control.value = draft[control.name] ?? '';
  }
  for (const control of controls)
    control.addEventListener('input', () =>
      writeDraft(keyOf(form), Object.fromEntries(controls.map(({ name, value }) => [name, value]))),
    );
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
