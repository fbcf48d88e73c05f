/** A member's text. The API has sanitized it: `HTML` can be inserted into a page as it is. */
export function Prose({ html }: { readonly html: string }) {
  return <div class="prose" dir="auto" dangerouslySetInnerHTML={{ __html: html }} />;
}
