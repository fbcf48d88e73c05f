import { authorPath } from './paths.ts';

/** A mention in `bodyHTML`. Quotation marks are escaped inside of attributes, so that it matches elements alone. */
const MENTION = /<span data-author="([\w-]+)">([^<]*)<\/span>/g;
/** What is scrolled if it is too wide. */
const SCROLLED = /<(pre|table)>/g;
/** A cell of a table with an alignment. */
const ALIGNED_CELL = /<(t[hd]) style="text-align:(left|center|right)">/g;

/**
 * A member's text for a page. The API has sanitized it: `HTML` can be inserted into a page as it is. Mentions become links.
 * What can be scrolled gets the focus, so that a keyboard can scroll it. The page's policy allows no `style`: aligned cells
 * get a class.
 */
export function htmlForPage(html: string): string {
  const linked = html.replace(
    MENTION,
    (_, id: string, name: string) => `<a href="${authorPath(id)}">${name}</a>`,
  );
  return linked.replace(SCROLLED, '<$1 tabindex="0">').replace(ALIGNED_CELL, '<$1 class="to-$2">');
}

/** A member's text. */
export function Prose({ html }: { readonly html: string }) {
  return <div class="prose" dir="auto" dangerouslySetInnerHTML={{ __html: htmlForPage(html) }} />;
}
