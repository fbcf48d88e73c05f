/** A rendered page and what it was made from. */
export interface Rendered {
  /** The answers of the API. */
  readonly answers: readonly string[];
  readonly body: Buffer;
  /** Null until it is sent: pages of members and those with a form key have none. */
  etag: string | null;
  /** The page in each content coding that was requested. */
  readonly encoded: Map<string, Buffer>;
}

/** To count the bytes of a long answer takes a while, so they are counted once. */
interface Stored {
  readonly page: Rendered;
  readonly bytes: number;
}

/**
 * Guests' pages, by address, language and theme. The API is asked each time; what is saved is rendering and compression
 * while its answers are the same. So nothing here is ever stale, and nothing has to be invalidated.
 */
export class PageCache {
  readonly #pages = new Map<string, Stored>();
  readonly #bytesMax: number;
  #bytes = 0;

  /** `bytesMax`: how much the pages and their answers may have together, encoded as UTF-8. */
  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  find(key: string, answers: readonly string[]): Rendered | null {
    const stored = this.#pages.get(key);
    if (!stored || stored.page.answers.length !== answers.length) return null;
    if (!stored.page.answers.every((answer, index) => answer === answers[index])) return null;
    // the least recently used page is the first
    this.#pages.delete(key);
    this.#pages.set(key, stored);
    return stored.page;
  }

  store(key: string, page: Rendered): void {
    this.#remove(key);
    const bytes = sizeOf(page);
    this.#pages.set(key, { page, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#pages.keys()) {
      if (this.#bytes <= this.#bytesMax) break;
      this.#remove(oldest);
    }
  }

  #remove(key: string): void {
    this.#bytes -= this.#pages.get(key)?.bytes ?? 0;
    this.#pages.delete(key);
  }
}

/** In bytes. The compressed forms are small beside it. */
function sizeOf({ answers, body }: Rendered): number {
  return answers.reduce((sum, answer) => sum + Buffer.byteLength(answer), body.length);
}
