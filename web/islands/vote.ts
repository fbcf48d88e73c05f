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
  document.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>('.vote [aria-disabled="true"]');
    if (!button?.parentElement) return;
    event.preventDefault();
    explain(button.parentElement, button.title);
  });
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    const button = event.submitter as HTMLButtonElement | null;
    const group = button?.closest<HTMLElement>('.vote');
    if (form.dataset['island'] !== 'vote' || !button || !group) return;
    event.preventDefault();
    if (group.dataset['busy'] === 'true') return;
    const direction = button.name as Voted['direction'];
    const before = pressed(group);
    press(group, direction);
    group.dataset['busy'] = 'true';
    sendForm<Voted>(form, { [direction]: button.value })
      .then((voted) => {
        press(group, voted.direction);
        const output = group.querySelector('output');
        if (output) {
          output.textContent = voted.count;
          output.setAttribute('aria-label', voted.label);
        }
      })
      .catch((error) => {
        press(group, before);
        if (error instanceof Away) return;
        form.dataset['island'] = 'off';
        form.requestSubmit(button);
        form.dataset['island'] = 'vote';
      })
      .finally(() => {
        group.dataset['busy'] = 'false';
      });
  });
}

/**
 * Shows beside the buttons why they are off: neither a finger nor a keyboard opens their titles. The line is inserted before
 * its text, so that it is announced.
 */
function explain(group: Element, reason: string): void {
  const shown = group.parentElement?.querySelector('.vote__why');
  const line = shown ?? document.createElement('span');
  line.className = 'vote__why hint';
  line.role = 'status';
  if (!shown) group.after(line);
  setTimeout(() => {
    line.textContent = reason;
  });
}

/** The buttons of a group, in this order. */
const DIRECTIONS = ['UP', 'DOWN'] as const;

function pressed(group: HTMLElement): Voted['direction'] {
  const buttons = [...group.querySelectorAll('button')];
  return DIRECTIONS[buttons.findIndex((button) => button.getAttribute('aria-pressed') === 'true')] ?? 'NONE';
}

/** The name of a button is the vote that it sets. */
function press(group: HTMLElement, direction: Voted['direction']): void {
  for (const [index, button] of group.querySelectorAll('button').entries()) {
    const own = DIRECTIONS[index] ?? 'NONE';
    button.setAttribute('aria-pressed', String(own === direction));
    button.name = own === direction ? 'NONE' : own;
  }
}
