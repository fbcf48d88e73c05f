import { Field } from './form.tsx';
import { usePage } from './page-context.ts';

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly entries: readonly { readonly id: string; readonly name: string }[];
  readonly chosen: string | null;
  readonly problem: string | undefined;
}

/** A choice of one entry of the catalog, or of none. */
export function Choice({ name, label, entries, chosen, problem }: ChoiceProps) {
  const { text } = usePage();
  return (
    <Field name={name} label={label} problem={problem}>
      {(control) => (
        <select {...control} class="field">
          <option value="">{text('ask.none')}</option>
          {entries.map((entry) => (
            <option key={entry.id} value={entry.id} selected={entry.id === chosen}>
              {entry.name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
