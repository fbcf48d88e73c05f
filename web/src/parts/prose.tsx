import { authorPath } from './paths.ts';

/** A mention in `bodyHTML`. Quotation marks are escaped inside of attributes, so that it matches elements alone. */
const MENTION = /<span data-author="([\w-]+)">([^<]*)<\/span>/g;
const TABLE = /<table>.*?<\/table>/gs;
/** A cell of a table with an alignment. */
const ALIGNED_CELL = /<(t[hd]) style="text-align:(left|center|right)">/g;

/**
 * A member's text for a page. The API has sanitized it: `HTML` can be inserted into a page as it is. Mentions become links.
 * Code and tables are scrolled if they are too wide, and can have the focus, so that a keyboard can scroll them; a table
 * inside of an element that scrolls, so that it stays a table for screen readers. The page's policy allows no `style`:
 * aligned cells get a class.
 */
export function htmlForPage(html: string): string {
  const linked = html.replace(
    MENTION,
    (_, id: string, name: string) => `<a href="${authorPath(id)}">${name}</a>`,
  );
  return linked
    .replaceAll('<pre>', '<pre tabindex="0">')
    .replace(TABLE, '<div class="wide" tabindex="0">$&</div>')
    .replace(ALIGNED_CELL, '<$1 class="to-$2">');
}

/** A member's text. */
export function Prose({ html }: { readonly html: string }) {
  return <div class="prose" dir="auto" dangerouslySetInnerHTML={{ __html: htmlForPage(html) }} />;
}
