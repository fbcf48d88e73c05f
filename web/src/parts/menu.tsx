import type { ComponentChildren } from 'preact';
import { FormKey, PAGE_FORM, ReturnHere } from './form.tsx';
import { Icon } from './icon.tsx';
import type { Can } from './permission.ts';
import { Sentence } from './sentence.tsx';

interface MenuProps {
  readonly label: string;
  readonly children: ComponentChildren;
}

/** A menu that opens without a script. An island closes it with Escape and when another one opens. */
export function Menu({ label, children }: MenuProps) {
  return (
    <details class="menu" data-island="menu">
      <summary class="btn btn--small" aria-label={label}>
        <Icon name="dots" />
      </summary>
      <div class="menu__items">{children}</div>
    </details>
  );
}

interface ItemProps {
  readonly label: string;
  /** If omitted, anyone may. */
  readonly permission?: Can;
  /** Whether to show it with the reason if it is refused. */
  readonly isOwn?: boolean;
}

export function MenuLink({ href, label, permission, isOwn = false }: ItemProps & { readonly href: string }) {
  if (permission && !permission.isAllowed)
    return isOwn ? <Refused label={label} permission={permission} /> : null;
  return (
    <a class="btn" href={href}>
      {label}
    </a>
  );
}

interface ActionProps extends ItemProps {
  readonly action: string;
  /** The fields of a form of its own. If omitted, it is a button of the page's form. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Its value in the page's form. */
  readonly to?: 'on' | 'off';
}

export function MenuAction({ action, fields, to, label, permission, isOwn = false }: ActionProps) {
  if (permission && !permission.isAllowed)
    return isOwn ? <Refused label={label} permission={permission} /> : null;
  if (fields === undefined)
    return (
      <button class="btn" form={PAGE_FORM} formaction={action} name={to && 'to'} value={to}>
        {label}
      </button>
    );
  return (
    <form method="post" action={action}>
      <FormKey />
      <ReturnHere />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button class="btn">{label}</button>
    </form>
  );
}

function Refused({ label, permission }: { readonly label: string; readonly permission: Can }) {
  return (
    <p class="menu__refused">
      {label}
      <small>
        <Sentence message={permission.message} />
      </small>
    </p>
  );
}
