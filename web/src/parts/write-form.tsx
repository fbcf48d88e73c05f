import type { ComponentChildren } from 'preact';
import type { Problem } from '../api/api-error.ts';
import { FormKey, Problems, problemOf, ReturnHere } from './form.tsx';
import { usePage } from './page-context.ts';
import { Prose } from './prose.tsx';

interface WriteFormProps {
  /** Of the form. The control's is derived from it. */
  readonly id: string;
  readonly action: string;
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly placeholder?: string | undefined;
  readonly hint: string;
  /** The text of the button that sends it. */
  readonly submit: string;
  readonly body: string;
  readonly previewHTML: string | null;
  readonly problems: readonly Problem[];
  /** Whether it shows what is stored, in whose place a script may put a draft of this browser. */
  readonly isFresh?: boolean;
  /** Where the reader returns without having sent it. */
  readonly cancel?: string;
  /** The names of its other fields, beside which their problems are shown. */
  readonly fields?: readonly string[];
  /** Fields above the text. */
  readonly above?: ComponentChildren;
  /** Fields below the text. */
  readonly children?: ComponentChildren;
}

/** A form for a text in Markdown. Preview and Post are buttons that send it. */
export function WriteForm(props: WriteFormProps) {
  const { text, viewer, target, visit } = usePage();
  const { id, problems, previewHTML } = props;
  const field = `${id}-body`;
  const problem = problemOf(problems, 'body');
  return (
    <form
      class="write"
      id={id}
      method="post"
      action={props.action}
      target={target}
      data-island="write"
      data-fresh={props.isFresh ? '' : undefined}
    >
      <FormKey />
      <ReturnHere />
      <Problems problems={problems} fields={['body', ...(props.fields ?? [])]} />
      {props.isFresh && (
        <p class="sr" data-restored={text('write.restored')}>
          <span role="status" />
          <button type="reset" class="btn btn--line btn--small" hidden>
            {text('write.discard')}
          </button>
        </p>
      )}
      <section
        class="preview"
        aria-label={text('write.preview')}
        aria-live="polite"
        hidden={previewHTML === null}
      >
        <p class="preview__title">{text('write.preview')}</p>
        <Prose html={previewHTML ?? ''} />
      </section>
      {props.above}
      <label class={props.isLabelHidden ? 'sr' : undefined} for={field}>
        {props.label}
      </label>
      <div class="write__text">
        <textarea
          class="field"
          id={field}
          name="body"
          rows={4}
          required
          dir="auto"
          placeholder={props.placeholder}
          aria-describedby={problem ? `${field}-problem ${id}-hint` : `${id}-hint`}
          aria-invalid={problem ? 'true' : undefined}
        >
          {props.body}
        </textarea>
        {viewer !== null && !visit.isEmbedded && <PeopleList id={`${id}-people`} />}
      </div>
      {problem && (
        <p class="problem" id={`${field}-problem`}>
          {problem}
        </p>
      )}
      {props.children}
      <MarkdownHelp />
      <div class="write__end">
        <span class="hint" id={`${id}-hint`}>
          {props.hint}
        </span>
        {props.cancel !== undefined && (
          <a class="btn" href={props.cancel} target={target}>
            {text('write.cancel')}
          </a>
        )}
        <button class="btn btn--line" name="intent" value="preview">
          {text('write.showPreview')}
        </button>
        <button class="btn btn--main" name="intent" value="post">
          {props.submit}
        </button>
      </div>
    </form>
  );
}

/** Where people are offered while a mention is typed. */
function PeopleList({ id }: { readonly id: string }) {
  const { text } = usePage();
  return (
    <>
      <div
        class="people"
        id={id}
        role="listbox"
        tabIndex={-1}
        aria-label={text('mentions.label')}
        data-mentions="/mentions"
        hidden
      />
      <p class="sr" role="status" />
    </>
  );
}

/** What can be written, each with its signs. */
function MarkdownHelp() {
  const { text } = usePage();
  const rows = [
    ['**', text('markdown.bold'), '**'],
    ['*', text('markdown.emphasis'), '*'],
    ['`', text('markdown.code'), '`'],
    ['> ', text('markdown.quote'), ''],
    ['- ', text('markdown.item'), ''],
    ['[', text('markdown.link'), '](https://example.com)'],
    ['@', text('markdown.mention'), ''],
  ] as const;
  return (
    <details class="help">
      <summary>{text('markdown.title')}</summary>
      <ul role="list">
        {rows.map(([before, word, behind]) => (
          <li key={before}>
            <code>{before + word + behind}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}
