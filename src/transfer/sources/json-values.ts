import { SourceError } from '../record-source.ts';
import { chunksOf, type OnBytes } from './reading.ts';

/** A JSON value of a file, with the line on which it begins. */
export interface JsonValue {
  readonly value: unknown;
  readonly line: number;
}

/** The longest value that is read. It is in memory as a whole. */
const VALUE_BYTES_MAX = 128 * 2 ** 20;

const [QUOTE, BACKSLASH, NEWLINE, COMMA] = [...'"\\\n,'].map((char) => char.charCodeAt(0));
const OPENS = new Set([...'[{'].map((char) => char.charCodeAt(0)));
const CLOSES = new Set([...']}'].map((char) => char.charCodeAt(0)));
const ARRAY_OPENS = '['.charCodeAt(0);

/**
 * The JSON objects of a file, one at a time: of one value, of values after one another with or without line breaks
 * (JSON Lines; the pages that `gh api --paginate` prints), and of arrays of any of them. Throws SourceError where the
 * file is not that.
 */
export async function* jsonValues(file: string, onBytes: OnBytes): AsyncGenerator<JsonValue> {
  const parts: Buffer[] = [];
  let size = 0;
  let line = 1;
  let startLine = 1;
  let depth = 0;
  let arrays = 0;
  let isInText = false;
  let isEscaped = false;
  for await (const chunk of chunksOf(file)) {
    let from = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i] as number;
      if (byte === NEWLINE) line++;
      if (isInText) {
        if (isEscaped) isEscaped = false;
        else if (byte === BACKSLASH) isEscaped = true;
        else if (byte === QUOTE) isInText = false;
      } else if (byte === QUOTE && depth > 0) {
        isInText = true;
      } else if (depth === 0) {
        from = i;
        if (byte === ARRAY_OPENS) arrays++;
        else if (OPENS.has(byte)) {
          depth = 1;
          startLine = line;
        } else if (CLOSES.has(byte) && arrays > 0) arrays--;
        else if (!isBetweenValues(byte, arrays > 0))
          throw new SourceError({ file, line }, 'an object of JSON is expected here.');
      } else if (OPENS.has(byte)) {
        depth++;
      } else if (CLOSES.has(byte) && --depth === 0) {
        parts.push(chunk.subarray(from, i + 1));
        yield { value: parsed(file, startLine, parts.splice(0)), line: startLine };
        size = 0;
      }
    }
    if (depth > 0) {
      parts.push(chunk.subarray(from));
      size += chunk.length - from;
      if (size > VALUE_BYTES_MAX)
        throw new SourceError(
          { file, line: startLine },
          `an object has more than ${VALUE_BYTES_MAX / 2 ** 20} MB.`,
        );
    }
    onBytes(chunk.length);
  }
  if (depth > 0 || arrays > 0)
    throw new SourceError({ file, line }, 'the file ends within a value: it was cut off.');
}

/** Blanks, commas between the members of an array, and the mark at the beginning of UTF-8. */
function isBetweenValues(byte: number, isInArray: boolean): boolean {
  return (
    byte === 32 ||
    (byte >= 9 && byte <= 13) ||
    (byte === COMMA && isInArray) ||
    byte === 0xef ||
    byte === 0xbb ||
    byte === 0xbf
  );
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function parsed(file: string, line: number, parts: readonly Buffer[]): unknown {
  try {
    return JSON.parse(utf8.decode(parts.length === 1 ? parts[0] : Buffer.concat(parts)));
  } catch (error) {
    const reason =
      error instanceof SyntaxError ? `it is not JSON (${error.message})` : 'it is not a text in UTF-8';
    throw new SourceError({ file, line }, `${reason}.`);
  }
}

/** A JSON object's members. Of anything else there are none. */
export type Json = Readonly<Record<string, unknown>>;

export function objectOf(value: unknown): Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Json) : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text that is not empty, or null. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

export function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
