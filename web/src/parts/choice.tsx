import type { ComponentChild } from 'preact';
import type { Visit } from '../http/visit.ts';
import { Field } from './form.tsx';
import { usePage } from './page-context.ts';

interface Entry {
  readonly id: string;
  readonly name: string;
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly entries: readonly Entry[];
  /** The entry that is stored now, or null for none. If omitted, nothing is stored yet. */
  readonly stored?: Entry | null;
  /** What was chosen in place of what is stored. Undefined if nothing was. */
  readonly chosen: string | null | undefined;
  readonly problem: ComponentChild;
}

/** A choice of one entry of the catalog, or of none. The stored one can be chosen also if the entries lack it. */
export function Choice({ name, label, entries, stored, chosen, problem }: ChoiceProps) {
  const { text } = usePage();
  const all = stored && !entries.some(({ id }) => id === stored.id) ? [stored, ...entries] : entries;
  const value = chosen === undefined ? stored?.id : chosen;
  return (
    <Field name={name} label={label} problem={problem}>
      {(control) => (
        <>
          {stored !== undefined && <input type="hidden" name={shownOf(name)} value={stored?.id ?? ''} />}
          <select {...control} class="field">
            <option value="">{text('ask.none')}</option>
            {all.map((entry) => (
              <option key={entry.id} value={entry.id} selected={entry.id === value}>
                {entry.name}
              </option>
            ))}
          </select>
        </>
      )}
    </Field>
  );
}

/** The name of the hidden field with what a form has shown as stored. */
export const shownOf = (name: string): string => `${name}.shown`;

/**
 * What was chosen in place of what the form has shown as stored. Undefined if it was left: somebody else may have changed
 * it since.
 */
export function readChoice(visit: Visit, name: string): string | null | undefined {
  const chosen = visit.field(name);
  return chosen === visit.form.get(shownOf(name)) ? undefined : chosen || null;
}
