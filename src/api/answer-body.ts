import { transcode } from 'node:buffer';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { negotiate } from '@fastify/accept-negotiator';

/** Shorter texts are encoded faster as they are written. */
const CHARS_MIN = 4_000;
/** Longer ones are rare, and the room for them would be kept. */
const CHARS_MAX = 500_000;

/** Where texts stand as UTF-16 while they are transcoded. */
let room = Buffer.alloc(0);

/**
 * A text in UTF-8, where it is worth a buffer of its own. Node goes through a string twice, to measure it and to write
 * it, and character by character where there is a single one in it that Latin-1 has not: a typographic quote, say. To
 * copy it as it stands and transcode it takes less than half of that time. The text is well formed, as
 * `JSON.stringify` writes it.
 */
export function encodeBody(text: string): string | Buffer {
  if (text.length < CHARS_MIN || text.length > CHARS_MAX) return text;
  if (room.length < 2 * text.length) room = Buffer.allocUnsafeSlow(2 * text.length);
  const bytes = room.write(text, 0, 'utf16le');
  return transcode(room.subarray(0, bytes), 'utf16le', 'utf8');
}

/** The content codings of answers in order of preference. */
const ENCODINGS = ['br', 'gzip'] as const;

export type Encoding = (typeof ENCODINGS)[number];

/** Small answers cost more to compress than to send: one network packet is about this large. */
const COMPRESS_FROM_BYTES = 1400;
/** Of 11, which is for what is compressed once and given often. */
const BROTLI_QUALITY = 4;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** How to compress a body for a client, by its `accept-encoding`. Null if it is sent as it is. */
export function encodingFor(accepted: string | undefined, body: string | Buffer): Encoding | null {
  if (accepted === undefined || Buffer.byteLength(body) < COMPRESS_FROM_BYTES) return null;
  const chosen = negotiate<Encoding>(accepted, [...ENCODINGS]);
  return chosen !== null && isRefused(accepted, chosen) ? null : chosen;
}

/** Whether a client that accepts anything (`*`) refuses just this coding. */
function isRefused(accepted: string, encoding: Encoding): boolean {
  return new RegExp(`(?:^|,)\\s*${encoding}\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$)`).test(accepted);
}

/** Compresses a body on another thread. */
export function compressBody(body: string | Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'gzip') return zip(body);
  return brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } });
}
