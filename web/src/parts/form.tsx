import type { ComponentChild, ComponentChildren } from 'preact';
import type { Problem } from '../api/api-error.ts';
import { usePage } from './page-context.ts';
import { Sentence } from './sentence.tsx';

/**
 * A key that makes a double click post once. Every form that writes has one. Guests' pages are the same for all, so that
 * they can be cached: a guest signs in before anything is written, and gets the key there. `isForGuests`: the form
 * writes without a session.
 */
export function FormKey({ isForGuests = false }: { readonly isForGuests?: boolean }) {
  const { visit } = usePage();
  return visit.token === null && !isForGuests ? null : (
    <input type="hidden" name="key" value={visit.newFormKey()} />
  );
}

/** The button that Enter in a field presses, in a form whose first visible button does something else. */
export function EnterSends() {
  return <button class="sr" tabIndex={-1} aria-hidden="true" />;
}

/** Where to go after the form: this page. */
export function ReturnHere() {
  const { returnPath } = usePage();
  return <input type="hidden" name="return" value={returnPath} />;
}

/** The `form` of buttons that a page has many of. */
export const PAGE_FORM = 'act';

/**
 * The form of the buttons that a discussion has for each comment: votes, and with a `formaction` what menus do. The name
 * of the button is what to do, or its value is.
 */
export function PageForm() {
  const { target, visit } = usePage();
  // a guest signs in first
  const island = visit.token === null ? undefined : 'vote';
  return (
    <form id={PAGE_FORM} method="post" action="/vote" target={target} data-island={island} hidden>
      <FormKey />
      <ReturnHere />
    </form>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: ComponentChild;
  readonly children: (described: {
    id: string;
    name: string;
    'aria-describedby': string | undefined;
    'aria-invalid': 'true' | undefined;
  }) => ComponentChildren;
}

/** A labelled control with its hint and what is wrong with its value. */
export function Field({ name, label, hint, problem, children }: FieldProps) {
  const described = [problem && `${name}-problem`, hint && `${name}-hint`].filter(Boolean).join(' ');
  return (
    <div class="row-field">
      <label for={name}>{label}</label>
      {children({
        id: name,
        name,
        'aria-describedby': described === '' ? undefined : described,
        'aria-invalid': problem ? 'true' : undefined,
      })}
      {problem && (
        <p class="problem" id={`${name}-problem`}>
          {problem}
        </p>
      )}
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** What is wrong with a value, by the last part of the input's path. */
export function problemOf(problems: readonly Problem[], name: string): ComponentChild {
  const problem = problems.find(({ field }) => field?.split('.').at(-1) === name);
  return problem && <Sentence {...problem} />;
}

/** The problems that belong to none of the form's fields, announced when the page opens. */
export function Problems({
  problems,
  fields,
}: {
  readonly problems: readonly Problem[];
  readonly fields: readonly string[];
}) {
  const { text } = usePage();
  const others = problems.filter(({ field }) => !fields.includes(field?.split('.').at(-1) ?? ''));
  if (problems.length === 0) return null;
  return (
    <div class="note note--problem" role="alert">
      {others.length > 0 ? (
        others.map((problem) => (
          <p key={problem.message}>
            <Sentence {...problem} />
          </p>
        ))
      ) : (
        <p>{text('form.problems')}</p>
      )}
    </div>
  );
}
