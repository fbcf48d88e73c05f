import type { ComponentChild, ComponentChildren } from 'preact';
import type { Context } from '../parts/context.ts';
import { attributeOf, CHILD, escapeHtml, RAW, type Template, VOID } from './html.ts';

type Props = Readonly<Record<string, unknown>>;

/** An element of JSX: of HTML, a component, a context with a value, or a template with its values. */
interface Element {
  readonly type: string | ((props: Props) => ComponentChild) | Context<unknown> | Template;
  readonly props: Props | readonly unknown[];
}

/**
 * The factory of JSX on the server, in place of Preact's: scripts/bundle.ts puts this file where `preact/jsx-runtime` is
 * imported. Preact's elements have twelve more properties, for updates that pages never have.
 */
export function jsx(type: Element['type'], props: Element['props']): Element {
  return { type, props };
}
export { jsx as jsxs };

export const Fragment = ({ children }: { readonly children?: ComponentChildren }) => children;

/** What is written and not encoded yet. Pages are written one at a time, without a pause. */
let html = '';
/** From how many characters on it is encoded. Joined strings are a tree, and a small one is read while it is in the cache. */
const CHUNK_CHARS = 8192;
let charsMax = Number.POSITIVE_INFINITY;

const BYTES_A_CHAR = 3;
const BUFFER_BYTES = 524_288;
/** Pages are encoded here, so that the memory of a longer page is needed once. */
let buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
let length = 0;

/**
 * The HTML of a tree of JSX. Every text and every value of an attribute is escaped; only `dangerouslySetInnerHTML`, which
 * `Prose` and JSON-LD use, is not. Pages live for one answer, so that there is no state, no update and no event.
 */
export function writeHtml(node: ComponentChild): string {
  // a component may call it too
  const outer = { html, charsMax };
  html = '';
  charsMax = Number.POSITIVE_INFINITY;
  try {
    write(node);
    return html;
  } finally {
    ({ html, charsMax } = outer);
  }
}

/** The same as UTF-8, after the document type. It is encoded while it is written. */
export function writePage(node: ComponentChild): Buffer {
  charsMax = CHUNK_CHARS;
  html = '<!doctype html>';
  length = 0;
  try {
    write(node);
    encode();
    return Buffer.from(buffer.subarray(0, length));
  } finally {
    // this only frees memory: each page sets what it needs
    html = '';
    if (buffer.length > BUFFER_BYTES) buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  }
}

function encode(): void {
  const needed = length + html.length * BYTES_A_CHAR;
  if (needed > buffer.length) {
    const larger = Buffer.allocUnsafeSlow(2 * needed);
    buffer.copy(larger, 0, 0, length);
    buffer = larger;
  }
  length += buffer.write(html, length);
  html = '';
}

function write(node: ComponentChild): void {
  switch (typeof node) {
    case 'string':
      html += escapeHtml(node);
      return;
    case 'number':
    case 'bigint':
      html += node;
      return;
    case 'object':
      if (node === null) return;
      if (Array.isArray(node)) for (const one of node) write(one);
      else writeElement(node as unknown as Element);
  }
}

function writeElement({ type, props }: Element): void {
  const named = props as Props;
  if (Array.isArray(type)) writeTemplate(type, props as readonly unknown[]);
  else if (typeof type === 'function') write(type(named));
  else if (typeof type === 'string') writeTag(type, named);
  else (type as Context<unknown>).provide(named['value'], () => write(named['children'] as ComponentChild));
}

function writeTemplate(template: Template, values: readonly unknown[]): void {
  html += template[0];
  for (let at = 0; at < values.length; at++) {
    const name = template[2 * at + 1] as string;
    const value = values[at];
    if (name === CHILD) write(value as ComponentChild);
    else if (name === RAW) html += value;
    else html += attributeOf(name, value);
    html += template[2 * at + 2];
  }
  if (html.length > charsMax) encode();
}

function writeTag(name: string, props: Props): void {
  html += `<${name}`;
  let inner: string | null = null;
  for (const attribute in props) {
    if (attribute === 'children') continue;
    const value = props[attribute];
    if (attribute === 'dangerouslySetInnerHTML') inner = (value as { readonly __html: string }).__html;
    else html += attributeOf(attribute, value);
  }
  const { children } = props;
  if (inner === null && children === undefined && VOID.has(name)) {
    html += '/>';
    return;
  }
  html += '>';
  if (inner === null) write(children as ComponentChild);
  else html += inner;
  html += `</${name}>`;
}
