/**
 * The largest document that is read, in bytes and in lines. Its Markdown is held in memory as a whole (about 1 KB a
 * line) and stored in one transaction: at these limits that is about a gigabyte and a minute. A thread of
 * 30,000 answers fits.
 */
export const THREAD_DOCUMENT_BYTES_MAX = 32 * 2 ** 20;
export const THREAD_DOCUMENT_LINES_MAX = 1_000_000;

export const TOO_LARGE = `a document can have ${THREAD_DOCUMENT_BYTES_MAX / 2 ** 20} MB and ${THREAD_DOCUMENT_LINES_MAX} lines; split this one.`;
