import { type FileHandle, open } from 'node:fs/promises';
import { SaxesParser } from 'saxes';
import { PerId } from '../per-id.ts';
import { chunksOf, type OnBytes } from '../reading.ts';
import { type Dump, fileOf } from './survey.ts';

/** The rows that set a text: as it was asked, edited, or rolled back. Each is one line of the file. */
const SETS_BODY = /\bPostHistoryTypeId="(?:2|5|8)"/;
const POST = /\bPostId="(\d{1,15})"/;
/** The type and the post are within this many bytes of the line's beginning, before the text. */
const HEAD_BYTES = 400;
/** The longest line that is read. A text has at most 30,000 characters on Stack Exchange. */
const LINE_BYTES_MAX = 2 ** 20;
const NEW_LINE = 10;

/** The Markdown of posts, found in PostHistory.xml by where it begins: 8 bytes of memory for each post. */
export class History {
  readonly #file: FileHandle;
  readonly #offsets: PerId;

  constructor(file: FileHandle, offsets: PerId) {
    this.#file = file;
    this.#offsets = offsets;
  }

  /** The present Markdown of a post, or null if it is not there. */
  async markdownOf(post: number): Promise<string | null> {
    const offset = this.#offsets.get(post);
    if (offset === 0) return null;
    const line = await this.#lineAt(offset);
    return line === null ? null : textOf(line);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #lineAt(offset: number): Promise<string | null> {
    for (let size = 8192; size <= LINE_BYTES_MAX; size *= 4) {
      const { bytesRead, buffer } = await this.#file.read(Buffer.allocUnsafe(size), 0, size, offset);
      const bytes = buffer.subarray(0, bytesRead);
      const end = bytes.indexOf(NEW_LINE);
      if (end >= 0) return bytes.toString('utf8', 0, end);
      if (bytesRead < size) return bytes.toString('utf8');
    }
    return null;
  }
}

/** Finds the newest text of each post. The rows are in the order of time. Null if there is no PostHistory.xml. */
export async function indexHistory(dump: Dump, onBytes: OnBytes): Promise<History | null> {
  if (!dump.sizes.has('PostHistory')) return null;
  const offsets = new PerId();
  const file = fileOf(dump, 'PostHistory');
  let chunkStart = 0;
  let lineStart = 0;
  /** The beginning of a line that goes on in the next chunk. */
  let head = Buffer.alloc(0);
  for await (const chunk of chunksOf(file)) {
    onBytes(chunk.length);
    for (let from = 0; from < chunk.length; ) {
      const end = chunk.indexOf(NEW_LINE, from);
      const piece = chunk.subarray(from, Math.min(end < 0 ? chunk.length : end, from + HEAD_BYTES));
      head = Buffer.concat([head, piece]).subarray(0, HEAD_BYTES);
      if (end < 0) break;
      addLine(offsets, head, lineStart);
      head = Buffer.alloc(0);
      from = end + 1;
      lineStart = chunkStart + from;
    }
    chunkStart += chunk.length;
  }
  return new History(await open(file), offsets);
}

function addLine(offsets: PerId, head: Buffer, start: number): void {
  const text = head.toString('latin1');
  const post = SETS_BODY.test(text) ? POST.exec(text)?.[1] : undefined;
  if (post !== undefined) offsets.set(Number(post), start);
}

/** The attribute `Text` of a line. Null if the line is not one element. */
function textOf(line: string): string | null {
  const parser = new SaxesParser();
  let text: string | null = null;
  try {
    parser.on('opentag', ({ attributes }) => {
      text = (attributes as Record<string, string>)['Text'] ?? null;
    });
    parser.write(line.trim()).close();
  } catch {
    return null;
  }
  return (text as string | null)?.replaceAll(/\r\n?/g, '\n') ?? null;
}
