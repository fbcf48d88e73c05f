import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

export type Encoding = 'br' | 'gzip';

/** Smaller bodies fit into one packet as they are. */
const BYTES_MIN = 1400;
/** 11 is for files that are compressed once and sent often. */
const BROTLI_QUALITY = 4;

/** The content coding for a reader's `accept-encoding`. Null if the body is sent as it is. */
export function encodingFor(
  accepted: string | readonly string[] | undefined,
  body: string | Buffer,
): Encoding | null {
  if (body.length < BYTES_MIN) return null;
  const names = String(accepted ?? '')
    .toLowerCase()
    .split(',')
    .map((range) => range.trim())
    .filter((range) => !/;\s*q=0(?:\.0*)?$/.test(range))
    .map((range) => range.replace(/;.*/, '').trim());
  return names.includes('br') ? 'br' : names.includes('gzip') ? 'gzip' : null;
}

/** Compresses on another thread. */
export function compress(body: string | Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'gzip') return zip(body);
  return brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } });
}
