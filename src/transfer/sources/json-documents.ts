import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { StartError } from '../../start-error.ts';
import { type Place, SourceError } from '../record-source.ts';
import { chunksOf, type OnBytes, sizeOf } from './reading.ts';

/** The longest document. It is in memory as a whole. */
const DOCUMENT_CHARS_MAX = 64 * 2 ** 20;

export type Json = Readonly<Record<string, unknown>>;

/** A JSON document and where it begins. */
export interface JsonDocument {
  readonly at: Place;
  readonly value: unknown;
}

/** The JSON files at a path: it itself, or those in the folder, by name. Throws StartError if there are none. */
export async function jsonFilesAt(at: string): Promise<{ files: string[]; bytes: number }> {
  const found = await stat(at).catch(() => null);
  if (found === null) throw new StartError(`${at}: the file or folder does not exist.`);
  const names = found.isDirectory()
    ? (await readdir(at)).filter((name) => /\.jsonl?$/i.test(name)).sort()
    : [];
  const files = found.isDirectory() ? names.map((name) => path.join(at, name)) : [at];
  if (files.length === 0) throw new StartError(`${at} has no files whose names end in .json.`);
  const sizes = await Promise.all(files.map(sizeOf));
  return { files, bytes: sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0) };
}

/** The objects and lists of files, each file with one or several of them one after the other. Throws SourceError. */
export async function* jsonDocuments(
  files: readonly string[],
  onBytes: OnBytes,
): AsyncGenerator<JsonDocument> {
  for (const file of files) yield* documentsOf(file, onBytes);
}

async function* documentsOf(file: string, onBytes: OnBytes): AsyncGenerator<JsonDocument> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const splitter = new Splitter(file);
  for await (const chunk of chunksOf(file)) {
    onBytes(chunk.length);
    let text: string;
    try {
      text = decoder.decode(chunk, { stream: true });
    } catch {
      throw new SourceError({ file, line: splitter.line }, 'the file is not a text in UTF-8.');
    }
    yield* splitter.read(text);
  }
  splitter.end();
}

/** Finds where documents end: at the bracket that closes the first one, outside of strings. */
class Splitter {
  line = 1;
  readonly #file: string;
  #text = '';
  #depth = 0;
  #isString = false;
  #isEscaped = false;
  #start = 1;

  constructor(file: string) {
    this.#file = file;
  }

  *read(text: string): Generator<JsonDocument> {
    let from = 0;
    for (let i = 0; i < text.length; i++) {
      const char = text[i];
      if (char === '\n') this.line++;
      if (this.#isEscaped) this.#isEscaped = false;
      else if (this.#isString) {
        if (char === '\\') this.#isEscaped = true;
        if (char === '"') this.#isString = false;
      } else if (char === '"') this.#isString = true;
      else if (char === '{' || char === '[') {
        if (this.#depth++ === 0) {
          this.#start = this.line;
          from = i;
        }
      } else if ((char === '}' || char === ']') && --this.#depth === 0) {
        yield this.#parsed(this.#text + text.slice(from, i + 1));
        this.#text = '';
        from = i + 1;
      }
      if (this.#depth < 0 || (this.#depth === 0 && !/[\s}\]]/.test(char ?? ' '))) {
        throw new SourceError({ file: this.#file, line: this.line }, 'the file is not JSON.');
      }
    }
    if (this.#depth > 0) this.#text += text.slice(from);
    if (this.#text.length > DOCUMENT_CHARS_MAX) {
      const reason = `a document has more than ${DOCUMENT_CHARS_MAX / 2 ** 20} MB: split it into several files.`;
      throw new SourceError({ file: this.#file, line: this.#start }, reason);
    }
  }

  end(): void {
    if (this.#depth > 0) throw new SourceError({ file: this.#file, line: this.line }, 'the file is cut off.');
  }

  #parsed(text: string): JsonDocument {
    const at = { file: this.#file, line: this.#start };
    try {
      return { at, value: JSON.parse(text) };
    } catch (error) {
      const reason = error instanceof Error ? error.message.replace(/[\s.]+$/, '') : 'unknown';
      throw new SourceError(at, `the file is not JSON: ${reason.slice(0, 200)}.`);
    }
  }
}

/** The value as an object; an empty one if it is none. */
export function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** The value as a list; an empty one if it is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value as a text that is not empty, or null. */
export function textIn(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The value as a whole number, or 0. */
export function integerIn(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.trunc(value) : 0;
}
