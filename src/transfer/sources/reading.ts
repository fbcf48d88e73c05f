import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { instantOfIso } from '../../text/iso-instant.ts';
import { type Place, type RecordSource, SourceError, type SourceItem } from '../record-source.ts';
import type { ForumRecord } from '../records.ts';

/** Is called with the number of bytes that were read. */
export type OnBytes = (bytes: number) => void;

/**
 * How much longer importing what is read takes than reading alone, about. Bytes of files that are read once before the
 * records count once, and those of records this many times, so that the progress is one of time.
 */
export const RECORDS_WEIGHT = 30;

/** Counts bytes that become records. */
export function ofRecords(onBytes: OnBytes): OnBytes {
  return (bytes) => onBytes(bytes * RECORDS_WEIGHT);
}

/**
 * A source that `read` yields, with its progress through `total` bytes. It ends with a SourceError if the file at `path`
 * had nothing of the kind.
 */
export function sourceOf(
  path: string,
  total: number,
  read: (onBytes: OnBytes) => AsyncIterable<SourceItem>,
): RecordSource {
  let done = 0;
  return {
    progress: () => ({ done: Math.round(done), total }),
    async *[Symbol.asyncIterator]() {
      done = 0;
      let isUsable = false;
      const items = read((bytes) => {
        done += bytes;
      });
      for await (const item of items) {
        isUsable ||= 'record' in item ? item.record.type !== 'forum' : item.omitted.isUnusable !== true;
        yield item;
      }
      if (!isUsable) throw new SourceError({ file: path }, NOTHING_USABLE);
    },
  };
}

const NOTHING_USABLE = 'there is nothing in it to import: is it an export of the kind that --from names?';

/** A record at its place. */
export function recordAt(at: Place, record: ForumRecord): SourceItem {
  return { at, record };
}

/** Something that is omitted or changed, at its place, for the report. */
export function omittedAt(at: Place, what: string, detail?: string): SourceItem {
  return { at, omitted: { what, ...(detail !== undefined && { detail }) } };
}

/** As `omittedAt`, for what no export of this kind has. */
export function unusableAt(at: Place, what: string, detail?: string): SourceItem {
  return { at, omitted: { what, ...(detail !== undefined && { detail }), isUnusable: true } };
}

/** The name of an element in a place, such as `post 4711`. */
export function elementOf(kind: string, id: unknown): string {
  return typeof id === 'string' || typeof id === 'number' ? `${kind} ${id}` : `${kind} without an id`;
}

/**
 * Something that was deleted or hidden in the other forum, at its place, for the report. `isKept`: it has replies, and is
 * imported without text and author.
 */
export function removedAt(at: Place, what: string, isKept = false): SourceItem {
  const became = isKept ? 'It is imported without text and author, because it has replies.' : NOT_AGAIN;
  return omittedAt(at, what, `It was removed there. ${became}`);
}

const NOT_AGAIN = 'An import does not publish it again; its text is still in the export, if it was there.';

/** The file's bytes in pieces. Throws SourceError if they cannot be read. */
export async function* chunksOf(file: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>;
  } catch (error) {
    throw unreadable(file, error);
  }
}

/**
 * The file's lines as bytes, without their ends. A line is decoded as a whole, because a character may stand across two
 * chunks. Throws SourceError for a line that is too long.
 */
export async function* linesOf(file: string, bytesMax: number, onBytes: OnBytes): AsyncGenerator<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  let line = 1;
  for await (const chunk of chunksOf(file)) {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      parts.push(chunk.subarray(from, end));
      yield parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
      parts.length = 0;
      size = 0;
      line++;
      from = end + 1;
    }
    if (from < chunk.length) parts.push(chunk.subarray(from));
    size += chunk.length - from;
    if (size > bytesMax) throw new SourceError({ file, line }, `a line has at most ${bytesMax} bytes.`);
    onBytes(chunk.length);
  }
  if (parts.length > 0) yield Buffer.concat(parts);
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A line as text. Throws SourceError if it is not UTF-8. */
export function decodedLine(at: Place, bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new SourceError(at, 'the line is not a text in UTF-8.');
  }
}

/** The file's size in bytes, or null if there is no such file. */
export async function sizeOf(file: string): Promise<number | null> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw unreadable(file, error);
  }
}

/** A failed read as a SourceError. Errors of other kinds are returned unchanged. */
export function unreadable(file: string, error: unknown): unknown {
  const code = codeOf(error);
  if (code === null) return error;
  return new SourceError(
    { file },
    code === 'ENOENT' ? 'the file does not exist.' : `it cannot be read (${code}).`,
  );
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** A date and time of an export as a record has it, or null if it is none. Without a zone it is in UTC. */
export function timeOf(text: string | null | undefined): string | null {
  return (text && instantOfIso(text)?.toISOString()) || null;
}

/** A copy to keep. A part of a file's text holds the whole piece that was read in memory as long as it is kept. */
export function copied(text: string): string {
  return Buffer.from(text).toString();
}
