import { Away } from './connection.ts';
import { carries, dropSentDraft, forgetSent, keepDraft, noteSent } from './draft.ts';
import { type Problem, showProblems } from './problems.ts';
import { sendForm } from './send.ts';

interface Preview {
  readonly html: string | null;
  readonly problems: readonly Problem[];
}

/** Previews without loading the page again, and saves drafts until they are sent. */
export function helpWriting(): void {
  dropSentDraft();
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-island="write"]')) keepDraft(form);
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    const button = event.submitter as HTMLButtonElement | null;
    if (form.dataset['island'] !== 'write') {
      if (!event.defaultPrevented && !carries(form)) forgetSent();
      return;
    }
    if (button?.value === 'post') noteSent(form);
    if (button?.value !== 'preview') return;
    event.preventDefault();
    preview(form).catch((error) => {
      if (error instanceof Away) return;
      form.dataset['island'] = 'off';
      form.requestSubmit(button);
    });
  });
}

async function preview(form: HTMLFormElement): Promise<void> {
  const { html, problems } = await sendForm<Preview>(form, { intent: 'preview' });
  const others = showProblems(form, problems);
  const box = form.querySelector<HTMLElement>('.preview');
  const prose = box?.querySelector('.prose');
  if (!box || !prose) return;
  box.hidden = html === null && others.length === 0;
  // the server has sanitized it, as in the page
  if (others.length === 0) prose.innerHTML = html ?? '';
  else prose.textContent = others.join(' ');
}
