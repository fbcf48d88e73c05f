import { decodeHTMLStrict } from 'entities';
import { THREAD_DOCUMENT_BYTES_MAX, THREAD_DOCUMENT_LINES_MAX, TOO_LARGE } from './limits.ts';
import { ThreadDocumentError, type ThreadWarning } from './thread-document.ts';

/** The text of one document, its lines, and what there is to say about them. Lines are counted from 0 here. */
export class Source {
  readonly text: string;
  readonly lines: readonly string[];
  readonly warnings: ThreadWarning[] = [];
  readonly #fileName: string;

  /** Takes line ends of any system and a byte order mark; refuses what no store can hold. */
  constructor(text: string, fileName: string) {
    this.#fileName = fileName;
    this.text = text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
    this.lines = this.text.split('\n');
    const isTooLarge =
      Buffer.byteLength(text) > THREAD_DOCUMENT_BYTES_MAX || this.lines.length > THREAD_DOCUMENT_LINES_MAX;
    if (isTooLarge) throw this.error(0, TOO_LARGE);
    const bad = this.lines.findIndex((line) => line.includes('\0') || !line.isWellFormed());
    if (bad !== -1)
      throw this.error(bad, 'the file holds U+0000 or half of a surrogate pair: it is no text.');
  }

  error(line: number, reason: string): ThreadDocumentError {
    return new ThreadDocumentError(this.#fileName, line + 1, reason);
  }

  warn(line: number, message: string): void {
    this.warnings.push({ line: line + 1, message });
  }

  /** The lines `from` to before `to`, decoded, without the empty ones around them. */
  passage(from: number, to: number): string {
    const text = this.lines.slice(from, to).join('\n');
    return decode(text)
      .replace(/^(?:[^\S\n]*\n)+/, '')
      .trimEnd();
  }

  /** One decoded line: runs of white space are one space. */
  decodeLine(text: string): string {
    return decode(text).replaceAll(/\s+/g, ' ').trim();
  }
}

/**
 * Documents come escaped once or twice ("&amp;amp;", "&#39;"); nothing in them says which. A reader who wanted to
 * show "&amp;" itself is rarer than a page that was escaped twice, so both layers are taken off.
 */
function decode(text: string): string {
  const once = text.includes('&') ? decodeHTMLStrict(text) : text;
  return once.includes('&') ? decodeHTMLStrict(once) : once;
}
