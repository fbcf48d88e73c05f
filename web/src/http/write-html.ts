import { type ComponentChild, Fragment, type VNode } from 'preact';
import { isProvider, type Provided } from '../parts/context.ts';

type Props = Readonly<Record<string, unknown>>;

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
      return Array.isArray(node) ? writeAll(node) : writeElement(node as VNode);
    default:
      return '';
  }
}

function writeAll(nodes: readonly ComponentChild[]): string {
  let html = '';
  for (const node of nodes) html += writeHtml(node);
  return html;
}

function writeElement({ type, props }: VNode): string {
  if (typeof type === 'string') return writeTag(type, props as Props);
  if (type === Fragment) return writeHtml(props.children);
  if (isProvider(type)) {
    const { value, children } = props as Provided;
    return type.context.provide(value, () => writeHtml(children));
  }
  return writeHtml((type as (props: object) => ComponentChild)(props));
}

function writeTag(name: string, props: Props): string {
  let html = `<${name}`;
  let inner: string | null = null;
  for (const attribute in props) {
    const value = props[attribute];
    if (attribute === 'children') continue;
    if (attribute === 'dangerouslySetInnerHTML') {
      inner = (value as { readonly __html: string }).__html;
      continue;
    }
    // aria-pressed="false" and data-x="false" are values, and not the lack of one
    const isBoolean = typeof value === 'boolean' && attribute[4] !== '-';
    if (value === undefined || value === null || (isBoolean && !value)) continue;
    html += isBoolean ? ` ${attribute}` : ` ${attribute}="${escapeHtml(String(value))}"`;
  }
  if (VOID.has(name)) return `${html}/>`;
  return `${html}>${inner ?? writeHtml(props['children'] as ComponentChild)}</${name}>`;
}

/** Most texts contain nothing to escape, and are returned as they are. */
function escapeHtml(text: string): string {
  if (!UNSAFE.test(text)) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
