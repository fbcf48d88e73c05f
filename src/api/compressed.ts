import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { negotiate } from '@fastify/accept-negotiator';

/** The content codings of answers, the one that is rather chosen first. */
const ENCODINGS = ['br', 'gzip'] as const;

export type Encoding = (typeof ENCODINGS)[number];

/** Small answers cost more to compress than to send: one network packet is about this large. */
const COMPRESS_FROM_BYTES = 1400;
/** Of 11, which is for what is compressed once and given often. */
const BROTLI_QUALITY = 4;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** How to compress a body for a client, by its `accept-encoding`; null: not at all. */
export function encodingFor(accepted: string | undefined, body: string | Buffer): Encoding | null {
  if (accepted === undefined || Buffer.byteLength(body) < COMPRESS_FROM_BYTES) return null;
  const chosen = negotiate<Encoding>(accepted, [...ENCODINGS]);
  return chosen !== null && isRefused(accepted, chosen) ? null : chosen;
}

/** Whether a client that takes anything (`*`) takes just this one not. */
function isRefused(accepted: string, encoding: Encoding): boolean {
  return new RegExp(`(?:^|,)\\s*${encoding}\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$)`).test(accepted);
}

/** A body compressed, on another thread. */
export function compressed(body: string | Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'gzip') return zip(body);
  return brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } });
}
