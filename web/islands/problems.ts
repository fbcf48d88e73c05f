export interface Problem {
  /** The path of the input, such as `input.title`. */
  readonly field: string | null;
  readonly message: string;
}

/**
 * Shows each problem beside its field, as the server does, in place of those that were shown before. The first such field
 * gets the focus, so that its problem is read out. Returns the messages that belong to no field.
 */
export function showProblems(form: HTMLFormElement, problems: readonly Problem[]): string[] {
  for (const { id, control } of [...form.querySelectorAll('.problem')].map(owned)) {
    document.getElementById(id)?.remove();
    control?.removeAttribute('aria-invalid');
    describe(control, id, false);
  }
  form.querySelector('.note--problem')?.remove();
  const others: string[] = [];
  let first: HTMLElement | null = null;
  for (const { field, message } of problems) {
    const control = form.elements.namedItem(field?.split('.').at(-1) ?? '');
    if (!(control instanceof HTMLElement)) {
      others.push(message);
      continue;
    }
    const line = document.createElement('p');
    line.className = 'problem';
    line.id = `${control.id}-problem`;
    line.textContent = message;
    control.after(line);
    control.setAttribute('aria-invalid', 'true');
    describe(control, line.id, true);
    first ??= control;
  }
  first?.focus();
  return others;
}

function owned({ id }: Element): { id: string; control: HTMLElement | null } {
  return { id, control: document.querySelector<HTMLElement>(`[aria-describedby~="${id}"]`) };
}

function describe(control: HTMLElement | null, id: string, isAdded: boolean): void {
  const ids = (control?.getAttribute('aria-describedby') ?? '').split(' ').filter((one) => one && one !== id);
  control?.setAttribute('aria-describedby', (isAdded ? [id, ...ids] : ids).join(' '));
}
