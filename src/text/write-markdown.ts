// Writes pieces of Markdown for `htmlToMarkdown`. Whatever a text contains, it is shown as that text.

/** An address in a text, in which `_` does not need a backslash: `renderMarkdown` makes a link of it. */
const ADDRESS = /(https?:\/\/[^\s<>]+)/;
/** Signs that begin something in Markdown, wherever they are. */
const SIGNS = /[\\`*[\]<]|~~|&(?=#?\w{1,40};)/g;
/** An underscore that is not within a word. */
const UNDERSCORES = /(?<![\p{L}\p{N}_])_|_(?![\p{L}\p{N}_])/gu;
/** What begins a heading, a quote, a list, a fence, an underline or a table at the start of a line. */
const LINE_START = /^(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|>|~~~|[-=|:][-=|:\s]*$)/;
const NUMBERED = /^(\d{1,9})([.)])(?=\s|$)/;
/** Characters that end an address in `[text](address)`, or the line. */
const ENDS_ADDRESS = /[\s<>()\\]/g;

/** A text as Markdown that shows it. White space does not change. */
export function escapeText(text: string): string {
  return text
    .split(ADDRESS)
    .map((part, i) => {
      const escaped = part.replace(SIGNS, '\\$&');
      return i % 2 === 1 ? escaped : escaped.replace(UNDERSCORES, '\\_');
    })
    .join('');
}

/** A paragraph from its inline Markdown: each line is trimmed, and begins nothing else. */
export function paragraph(inline: string): string {
  return inline
    .split('\n')
    .map((line) => line.trim())
    .map((line) => line.replace(LINE_START, '\\$&').replace(NUMBERED, '$1\\$2'))
    .join('\n')
    .trim();
}

/** Puts marks such as `**` around a text, and white space at its ends outside of them. */
export function wrap(inline: string, mark: string): string {
  const text = inline.trim();
  if (text === '') return inline;
  const at = inline.indexOf(text);
  return `${inline.slice(0, at)}${mark}${text}${mark}${inline.slice(at + text.length)}`;
}

/** Code in a line. The fence is longer than any run of backticks in it. */
export function codeSpan(text: string): string {
  const code = text.replaceAll(/\s+/g, ' ');
  if (code.trim() === '') return code;
  const fence = '`'.repeat(longestRun(code) + 1);
  const pad = code.startsWith('`') || code.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${code}${pad}${fence}`;
}

/** A block of code. The language is omitted if it is not a plain name. */
export function codeBlock(text: string, language: string | null): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  const named = language !== null && /^[\w+#.-]{1,40}$/.test(language) ? language : '';
  return `${fence}${named}\n${text.replace(/^\n/, '').trimEnd()}\n${fence}`;
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}

/** A link from its inline Markdown, or that alone if the address is not one of the web or of e-mail. */
export function link(inline: string, address: string): string {
  const url = address.trim();
  if (!/^(?:https?:\/\/|mailto:)\S/i.test(url)) return inline;
  const text = inline.replaceAll(/\s+/g, ' ').trim();
  if (text === '') return '';
  const safe = url.replace(ENDS_ADDRESS, encodeURIComponent).replaceAll('(', '%28').replaceAll(')', '%29');
  return text === escapeText(url) && safe === url ? `<${url}>` : `[${text}](${safe})`;
}

/** A quote of blocks. */
export function quote(blocks: readonly string[]): string {
  return blocks
    .join('\n\n')
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');
}

/** A list from the blocks of its items. `start` is the first number, or null for bullets. */
export function list(items: readonly (readonly string[])[], start: number | null): string {
  const isTight = items.every((blocks) => blocks.length < 2 || blocks.slice(1).every(isList));
  const written = items.map((blocks, i) => {
    const marker = start === null ? '- ' : `${start + i}. `;
    const indent = ' '.repeat(marker.length);
    const text = blocks.join(isTight ? '\n' : '\n\n');
    return marker + text.replaceAll('\n', `\n${indent}`).replaceAll(/^[ ]+$/gm, '');
  });
  return written.join(isTight ? '\n' : '\n\n');
}

const isList = (block: string) => /^(?:- |\d+\. )/.test(block);

/** A table from the inline Markdown of its cells. Its first row is the head. */
export function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...rest] = rows;
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0);
  const line = (cells: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, i) => cells[i] ?? '').join(' | ')} |`;
  return [line(head), line(Array.from({ length: width }, () => '---')), ...rest.map(line)].join('\n');
}

/** A cell of a table: one line without a separator. */
export function cell(markdown: string): string {
  return markdown
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/(?<!\\)\|/g, '\\|');
}
