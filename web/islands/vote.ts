import { Away } from './connection.ts';
import { sendForm } from './send.ts';

interface Voted {
  readonly direction: 'UP' | 'DOWN' | 'NONE';
  readonly count: string;
  readonly label: string;
}

/**
 * A vote is set without loading the page again. If the forum cannot be reached, it stays as it was; if it refuses the
 * vote, the form is sent as if there were no script, and the page says why.
 */
export function setVotes(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    const button = event.submitter as HTMLButtonElement | null;
    const key = form.querySelector<HTMLInputElement>('[name="key"]');
    // a guest signs in first
    if (form.dataset['island'] !== 'vote' || button === null || key === null) return;
    event.preventDefault();
    if (form.dataset['busy'] === 'true') return;
    const direction = button.value as Voted['direction'];
    const before = pressed(form);
    press(form, direction);
    form.dataset['busy'] = 'true';
    sendForm<Voted>(form, { direction })
      .then((voted) => {
        press(form, voted.direction);
        const output = form.querySelector('output');
        if (output) {
          output.textContent = voted.count;
          output.setAttribute('aria-label', voted.label);
        }
        key.value = crypto.randomUUID();
      })
      .catch((error) => {
        press(form, before);
        if (error instanceof Away) return;
        button.value = direction;
        form.dataset['island'] = 'off';
        form.requestSubmit(button);
      })
      .finally(() => {
        form.dataset['busy'] = 'false';
      });
  });
}

function buttons(form: HTMLFormElement): NodeListOf<HTMLButtonElement> {
  return form.querySelectorAll('button[data-direction]');
}

function pressed(form: HTMLFormElement): Voted['direction'] {
  const one = [...buttons(form)].find((button) => button.getAttribute('aria-pressed') === 'true');
  return (one?.dataset['direction'] ?? 'NONE') as Voted['direction'];
}

function press(form: HTMLFormElement, direction: Voted['direction']): void {
  for (const button of buttons(form)) {
    const own = button.dataset['direction'] ?? '';
    button.setAttribute('aria-pressed', String(own === direction));
    button.value = own === direction ? 'NONE' : own;
  }
}
