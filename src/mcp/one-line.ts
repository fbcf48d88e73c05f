/** A text without line breaks: for descriptions that are written on several lines here, and for excerpts in lists. */
export function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, ' ');
}
