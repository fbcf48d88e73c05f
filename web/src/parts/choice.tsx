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
  /** Whether the page tells of what somebody else has stored meanwhile. */
  readonly isConflict?: boolean | undefined;
  readonly problem: ComponentChild;
}

/** A choice of one entry of the catalog, or of none. The stored one can be chosen also if the entries lack it. */
export function Choice({ name, label, entries, stored, chosen, isConflict, problem }: ChoiceProps) {
  const { visit, text } = usePage();
  const all = stored && !entries.some(({ id }) => id === stored.id) ? [stored, ...entries] : entries;
  const before = isConflict ? null : shownBefore(visit, name);
  // it may be gone since
  const isThere = before === '' || all.some(({ id }) => id === before);
  const shown = before !== null && isThere ? before : (stored?.id ?? '');
  const value = chosen === undefined ? shown : chosen;
  return (
    <Field name={name} label={label} problem={problem}>
      {(control) => (
        <>
          {stored !== undefined && <input type="hidden" name={shownOf(name)} value={shown} />}
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
 * What the form that this page answers has shown as stored. The page shows the same again: a change in between would
 * otherwise count as seen, and a conflict would not tell of it. Null if the page answers no form.
 */
export function shownBefore(visit: Visit, name: string): string | null {
  return visit.form.get(shownOf(name));
}

/**
 * What was chosen in place of what the form has shown as stored. Undefined if it was left: somebody else may have changed
 * it since.
 */
export function readChoice(visit: Visit, name: string): string | null | undefined {
  const chosen = visit.field(name);
  return chosen === shownBefore(visit, name) ? undefined : chosen || null;
}
