import { transcode } from 'node:buffer';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { negotiate } from '@fastify/accept-negotiator';

/** Node encodes shorter texts fast enough while it writes them. */
const CHARS_MIN = 4_000;
/** Longer texts are rare, and a buffer for them would occupy memory for ever. */
const CHARS_MAX = 500_000;

/** Reused for the UTF-16 form of texts. */
let scratch = Buffer.alloc(0);

/**
 * Encodes a long text as UTF-8 and returns a short one unchanged. Node reads a string twice, to measure and to write
 * it, and character by character if one is outside Latin-1, such as a typographic quote. Transcoding a UTF-16 copy
 * takes less than half of that time. The text must be well formed, as `JSON.stringify` writes it.
 */
export function encodeBody(text: string): string | Buffer {
  if (text.length < CHARS_MIN || text.length > CHARS_MAX) return text;
  if (scratch.length < 2 * text.length) scratch = Buffer.allocUnsafeSlow(2 * text.length);
  const bytes = scratch.write(text, 0, 'utf16le');
  return transcode(scratch.subarray(0, bytes), 'utf16le', 'utf8');
}

/** The supported content codings in order of preference. */
const ENCODINGS = ['br', 'gzip'] as const;

type Encoding = (typeof ENCODINGS)[number];

/** Small answers cost more to compress than to send: one network packet is about this large. */
const COMPRESS_FROM_BYTES = 1400;
/** Brotli's maximum of 11 is for files that are compressed once and sent often. */
const BROTLI_QUALITY = 4;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** The content coding for a client's `accept-encoding`. Null if the body is sent uncompressed. */
export function encodingFor(accepted: string | undefined, body: string | Buffer): Encoding | null {
  if (accepted === undefined || Buffer.byteLength(body) < COMPRESS_FROM_BYTES) return null;
  const chosen = negotiate<Encoding>(accepted, [...ENCODINGS]);
  return chosen !== null && isRefused(accepted, chosen) ? null : chosen;
}

/** Whether a client that accepts anything (`*`) excludes this coding. */
function isRefused(accepted: string, encoding: Encoding): boolean {
  return new RegExp(`(?:^|,)\\s*${encoding}\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$)`).test(accepted);
}

/** Compresses a body on another thread. */
export function compressBody(body: string | Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'gzip') return zip(body);
  return brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } });
}
