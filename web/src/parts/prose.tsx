import { authorPath } from './paths.ts';

/** A mention in `bodyHTML`. Quotation marks are escaped inside of attributes, so that it matches elements alone. */
const MENTION = /<span data-author="([\w-]+)">([^<]*)<\/span>/g;

/** A member's text. The API has sanitized it: `HTML` can be inserted into a page as it is. Mentions become links. */
export function Prose({ html }: { readonly html: string }) {
  const linked = html.replace(
    MENTION,
    (_, id: string, name: string) => `<a href="${authorPath(id)}">${name}</a>`,
  );
  return <div class="prose" dir="auto" dangerouslySetInnerHTML={{ __html: linked }} />;
}
