import { decodeHTMLStrict } from 'entities';
import { ThreadDocumentError, type ThreadWarning } from './thread-document.ts';

/**
 * The largest document that is read, in bytes and in lines. Its Markdown is held in memory as a whole (about 1 KB a
 * line) and stored in one transaction: at these limits that takes about a gigabyte and a minute. A thread with 30,000
 * comments fits.
 */
export const THREAD_DOCUMENT_BYTES_MAX = 32 * 2 ** 20;
const THREAD_DOCUMENT_LINES_MAX = 1_000_000;

export const TOO_LARGE = `a document can have ${THREAD_DOCUMENT_BYTES_MAX / 2 ** 20} MB and ${THREAD_DOCUMENT_LINES_MAX} lines; split this one.`;

/** The text of one document, its lines, and the warnings about them. Lines are counted from 0 here. */
export class Source {
  readonly text: string;
  readonly lines: readonly string[];
  readonly warnings: ThreadWarning[] = [];
  readonly #fileName: string;

  /** Accepts any kind of line end and a byte order mark. Throws if a database cannot store the text. */
  constructor(text: string, fileName: string) {
    this.#fileName = fileName;
    this.text = text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
    this.lines = this.text.split('\n');
    const isTooLarge =
      Buffer.byteLength(text) > THREAD_DOCUMENT_BYTES_MAX || this.lines.length > THREAD_DOCUMENT_LINES_MAX;
    if (isTooLarge) throw this.error(0, TOO_LARGE);
    const bad = this.lines.findIndex((line) => line.includes('\0') || !line.isWellFormed());
    if (bad !== -1)
      throw this.error(bad, 'the file holds U+0000 or half of a surrogate pair, so it is not a text.');
  }

  /** An error at this line. The caller throws it. */
  error(line: number, reason: string): ThreadDocumentError {
    return new ThreadDocumentError(this.#fileName, line + 1, reason);
  }

  warn(line: number, message: string): void {
    this.warnings.push({ line: line + 1, message });
  }

  /** The lines from `from` to before `to`, decoded, without empty lines at either end. */
  passage(from: number, to: number): string {
    const text = this.lines.slice(from, to).join('\n');
    return decode(text)
      .replace(/^(?:[^\S\n]*\n)+/, '')
      .trimEnd();
  }

  /** One line, decoded, with each run of white space as one space. */
  decodeLine(text: string): string {
    return decode(text).replaceAll(/\s+/g, ' ').trim();
  }
}

/**
 * Documents are escaped once or twice ("&amp;amp;", "&#39;") and do not say which. Pages that were escaped twice are
 * more common than texts about "&amp;" itself, so both layers are decoded.
 */
function decode(text: string): string {
  const once = text.includes('&') ? decodeHTMLStrict(text) : text;
  return once.includes('&') ? decodeHTMLStrict(once) : once;
}
