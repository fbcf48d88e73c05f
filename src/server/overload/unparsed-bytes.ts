import { completeRequests, HEAD_END } from './pipelined-requests.ts';

/** A head is at least as long as `GET / HTTP/1.1`. */
const HEAD_BYTES_MIN = 14;
const NONE = Buffer.alloc(0);

interface Chunk {
  readonly bytes: Buffer;
  /** By `performance.now()`. */
  readonly arrivedAt: number;
}

/** What has arrived on a connection and is not parsed yet. */
export class UnparsedBytes {
  #chunks: Chunk[] = [];
  #length = 0;
  /** The last bytes of an unfinished head that was taken: its end may be divided between two packets. */
  #headTail: Buffer = NONE;

  get length(): number {
    return this.#length;
  }

  get isInsideHead(): boolean {
    return this.#headTail.length > 0;
  }

  /** When the first byte arrived. Null if there are none. */
  get arrivedAt(): number | null {
    return this.#chunks[0]?.arrivedAt ?? null;
  }

  add(bytes: Buffer, arrivedAt: number): void {
    this.#chunks.push({ bytes, arrivedAt });
    this.#length += bytes.length;
  }

  clear(): void {
    this.#chunks = [];
    this.#length = 0;
  }

  /** Takes at most so many bytes of those that arrived together. */
  take(bytesMax: number): Chunk | null {
    const first = this.#chunks.shift();
    if (!first) return null;
    const bytes = first.bytes.subarray(0, bytesMax);
    if (bytes.length < first.bytes.length)
      this.#chunks.unshift({ ...first, bytes: first.bytes.subarray(bytesMax) });
    this.#length -= bytes.length;
    return { ...first, bytes };
  }

  /** Takes what belongs to the next head, of the bytes that arrived together. */
  takeHead(): Chunk | null {
    const [first] = this.#chunks;
    if (!first) return null;
    const tail = this.#headTail;
    const all = tail.length === 0 ? first.bytes : Buffer.concat([tail, first.bytes]);
    const end = all.indexOf(HEAD_END, tail.length === 0 ? HEAD_BYTES_MIN : 0);
    this.#headTail = end < 0 ? Buffer.from(all.subarray(1 - HEAD_END.length)) : NONE;
    return this.take(end < 0 ? first.bytes.length : end + HEAD_END.length - tail.length);
  }

  /** Takes at most so many requests that are complete, up to one that must be parsed. Returns their heads. */
  takeRequests(now: number, max: number): readonly string[] {
    const all = this.#all();
    const { heads, bytes } = completeRequests(all, max);
    if (heads.length === 0) return heads;
    // what remains of fewer is an unfinished request, whose client is still sending it
    const arrivedAt = heads.length < max ? now : (this.arrivedAt ?? now);
    this.clear();
    if (bytes < all.length) this.add(all.subarray(bytes), arrivedAt);
    return heads;
  }

  /** Whether a request is complete, and need not be parsed. */
  hasRequest(): boolean {
    return completeRequests(this.#all(), 1).heads.length > 0;
  }

  #all(): Buffer {
    const [first] = this.#chunks;
    return first && this.#chunks.length === 1
      ? first.bytes
      : Buffer.concat(this.#chunks.map(({ bytes }) => bytes));
  }
}
