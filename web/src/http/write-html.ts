import type { ComponentChild, ComponentChildren } from 'preact';
import type { Context } from '../parts/context.ts';

type Props = Readonly<Record<string, unknown>>;

/** An element of JSX: of HTML, a component, or a context with a value. */
interface Element {
  readonly type: string | ((props: Props) => ComponentChild) | Context<unknown>;
  readonly props: Props;
}

/**
 * The factory of JSX on the server, in place of Preact's: scripts/bundle.ts puts this file where `preact/jsx-runtime` is
 * imported. Preact's elements have twelve more properties, for updates that pages never have.
 */
export function jsx(type: Element['type'], props: Props): Element {
  return { type, props };
}
export { jsx as jsxs };

export const Fragment = ({ children }: { readonly children?: ComponentChildren }) => children;

const UNSAFE = /["&<]/;
const VOID = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'wbr',
]);

/**
 * The HTML of a tree of JSX. Every text and every value of an attribute is escaped; only `dangerouslySetInnerHTML`, which
 * `Prose` and JSON-LD use, is not. Pages live for one answer, so that there is no state, no update and no event.
 */
export function writeHtml(node: ComponentChild): string {
  switch (typeof node) {
    case 'string':
      return escapeHtml(node);
    case 'number':
    case 'bigint':
      return String(node);
    case 'object':
      if (node === null) return '';
      return Array.isArray(node) ? writeAll(node) : writeElement(node as unknown as Element);
    default:
      return '';
  }
}

function writeAll(nodes: readonly ComponentChild[]): string {
  let html = '';
  for (const node of nodes) html += writeHtml(node);
  return html;
}

function writeElement({ type, props }: Element): string {
  if (typeof type === 'string') return writeTag(type, props);
  if (typeof type === 'function') return writeHtml(type(props));
  return type.provide(props['value'], () => writeHtml(props['children'] as ComponentChild));
}

function writeTag(name: string, props: Props): string {
  let html = `<${name}`;
  let inner: string | null = null;
  for (const attribute in props) {
    if (attribute === 'children') continue;
    const value = props[attribute];
    if (typeof value === 'string') html += ` ${attribute}="${escapeHtml(value)}"`;
    else if (attribute === 'dangerouslySetInnerHTML') inner = (value as { readonly __html: string }).__html;
    else html += attributeOf(attribute, value);
  }
  const { children } = props;
  if (inner === null && children === undefined && VOID.has(name)) return `${html}/>`;
  return `${html}>${inner ?? writeHtml(children as ComponentChild)}</${name}>`;
}

/** An attribute whose value is no text. */
function attributeOf(name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  // aria-pressed="false" and data-x="false" are values, and not the lack of one
  if (typeof value !== 'boolean' || name[4] === '-') return ` ${name}="${escapeHtml(String(value))}"`;
  return value ? ` ${name}` : '';
}

/** Most texts contain nothing to escape, and are returned as they are. */
function escapeHtml(text: string): string {
  if (!UNSAFE.test(text)) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
