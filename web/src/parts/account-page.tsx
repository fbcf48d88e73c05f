import type { ComponentChildren } from 'preact';
import type { Problem } from '../api/api-error.ts';
import { Field, problemOf } from './form.tsx';
import { usePage } from './page-context.ts';

const TABS = [
  ['profile', '/account'],
  ['security', '/account/security'],
  ['apiKeys', '/account/api-keys'],
  ['bookmarks', '/bookmarks'],
] as const;

export type AccountTab = (typeof TABS)[number][0];

interface AccountPageProps {
  readonly tab: AccountTab;
  readonly children: ComponentChildren;
}

/** A page of the viewer's account, with links to the other ones. */
export function AccountPage({ tab, children }: AccountPageProps) {
  const { text } = usePage();
  return (
    <div class="page page--single">
      <main id="main" class="account">
        <div class="head">
          <h1>{text(`account.tab.${tab}`)}</h1>
        </div>
        <div class="filters">
          <nav class="tabs" aria-label={text('account.tabs')}>
            {TABS.map(([name, path]) => (
              <a key={name} href={path} aria-current={name === tab ? 'page' : undefined}>
                {text(`account.tab.${name}`)}
              </a>
            ))}
          </nav>
        </div>
        {children}
      </main>
    </div>
  );
}

/** Says that a form has done its work, if the address has the word that its handler has put there. */
export function Done({ word, message }: { readonly word: string; readonly message: string }) {
  const { visit } = usePage();
  if (visit.method === 'POST' || visit.url.searchParams.get('done') !== word) return null;
  return (
    <p class="note" role="status">
      {message}
    </p>
  );
}

interface InputProps {
  readonly name: string;
  readonly label: string;
  readonly problems: readonly Problem[];
  readonly hint?: string;
  readonly value?: string;
  readonly type?: 'text' | 'password';
  readonly autocomplete?: string;
  readonly required?: boolean;
  readonly dir?: 'auto';
}

/** A line of text with its label and its problem. */
export function Input({ name, label, problems, hint, type = 'text', ...attributes }: InputProps) {
  return (
    <Field name={name} label={label} hint={hint} problem={problemOf(problems, name)}>
      {(control) => <input {...control} {...attributes} class="field" type={type} />}
    </Field>
  );
}
