/** All line ends of Unicode. */
const LINE_END = /[\n\v\f\r\u0085\u2028\u2029]/;

/** A text without line breaks: for descriptions that are written on several lines here, and for excerpts in lists. */
export function oneLine(text: string): string {
  const lines = text.split(LINE_END).map((line) => line.trim());
  return lines.filter((line) => line !== '').join(' ');
}
