// What HTML is made of, for pages (write-html.ts) and for the build (scripts/precompile.ts).

const UNSAFE = /["&<]/;
/** The attributes for which false is a value: `aria-pressed="false"`. Others are left out. */
const SAYS_FALSE = /^(?:aria|data)-/;
/** The elements that have no end tag. */
export const VOID = new Set([
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
  // of SVG: it could have one
  'use',
  'wbr',
]);

/**
 * The fixed parts of an element of HTML and of those inside it, as scripts/precompile.ts writes them. Between two of them
 * is what the value there is: the name of an attribute, `CHILD` or `RAW`.
 */
export type Template = readonly string[];
export const CHILD = '';
/** HTML that is written as it is. */
export const RAW = '!';

/** An attribute with its value, or nothing if it has none. */
export function attributeOf(name: string, value: unknown): string {
  if (typeof value === 'string') return ` ${name}="${escapeHtml(value)}"`;
  if (value === undefined || value === null) return '';
  if (typeof value !== 'boolean' || SAYS_FALSE.test(name)) return ` ${name}="${escapeHtml(String(value))}"`;
  return value ? ` ${name}` : '';
}

/** Most texts contain nothing to escape, and are returned as they are. */
export function escapeHtml(text: string): string {
  if (!UNSAFE.test(text)) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
