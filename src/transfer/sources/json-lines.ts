import { open, stat } from 'node:fs/promises';
import { StartError } from '../../start-error.ts';
import { readRecord, versionIn } from '../record-shape.ts';
import {
  type Place,
  type RecordSource,
  SourceError,
  type SourceItem,
  type SourceKind,
} from '../record-source.ts';
import { RECORDS_VERSION } from '../records.ts';
import { decodedLine, linesOf } from './reading.ts';

/** The longest line: more than a text, a title and their escapes can have. */
const LINE_BYTES_MAX = 16 * 2 ** 20;
/** Enough for the beginning of a header. */
const HEAD_BYTES = 64;

/** An export of Parley. */
export const jsonLines: SourceKind = {
  description: 'an export of `parley export`',
  recognises: async (path) => {
    if (!/\.(?:jsonl|ndjson)$/i.test(path)) return false;
    return /^\uFEFF?\s*\{\s*"type"\s*:\s*"forum"/.test(await headOf(path)) || /\.jsonl$/i.test(path);
  },
  open: async (path) => {
    const { size } = await stat(path).catch(() => {
      throw new StartError(`${path}: the file does not exist or cannot be read.`);
    });
    return new JsonLines(path, size);
  },
};

async function headOf(path: string): Promise<string> {
  const file = await open(path).catch(() => null);
  if (!file) return '';
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

class JsonLines implements RecordSource {
  readonly #file: string;
  readonly #total: number;
  #done = 0;

  constructor(file: string, total: number) {
    this.#file = file;
    this.#total = total;
  }

  progress() {
    return { done: this.#done, total: this.#total };
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<SourceItem> {
    let line = 0;
    const lines = linesOf(this.#file, LINE_BYTES_MAX, (bytes) => {
      this.#done += bytes;
    });
    for await (const bytes of lines) {
      line++;
      const at: Place = { file: this.#file, line };
      const text = decodedLine(at, bytes)
        .replace(line === 1 ? /^\uFEFF/ : '', '')
        .trim();
      if (text === '') continue;
      const value = parsed(at, text);
      if (line === 1) checkHeader(at, value);
      else {
        const record = readRecord(value);
        if (typeof record === 'string') throw new SourceError(at, record);
        yield { at, record };
      }
    }
    if (line === 0) throw new SourceError({ file: this.#file, line: 1 }, 'the file is empty.');
  }
}

function parsed(at: Place, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SourceError(at, `the line is not JSON (${(error as Error).message}).`);
  }
}

function checkHeader(at: Place, value: unknown): void {
  const version = versionIn(value);
  if (version === null)
    throw new SourceError(
      at,
      `an export begins with {"type":"forum","version":${RECORDS_VERSION}}, whose version is a whole number: this is not one.`,
    );
  if (version > RECORDS_VERSION)
    throw new SourceError(
      at,
      `this export is of version ${version}, from a newer Parley. This one reads up to version ${RECORDS_VERSION}: update it first.`,
    );
}
