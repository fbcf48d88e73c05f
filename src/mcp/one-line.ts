/** All line ends of Unicode, with the blanks around them. */
const LINE_END = /\s*[\n\v\f\r\u0085\u2028\u2029]\s*/g;

/** A text without line breaks: for descriptions that are written on several lines here, and for excerpts in lists. */
export function oneLine(text: string): string {
  return text.trim().replace(LINE_END, ' ');
}
