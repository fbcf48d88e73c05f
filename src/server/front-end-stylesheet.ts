import { readFile } from 'node:fs/promises';
import { StartError } from '../start-error.ts';

/** Each reader loads it. The front end's own styles have about 40 KiB. */
const BYTES_MAX = 256 * 1024;

/** Reads the file of FRONT_END_STYLESHEET. Throws StartError if it cannot be read or is too large. */
export async function readStylesheet(file: string): Promise<string> {
  const wrong = (why: string) => new StartError(`FRONT_END_STYLESHEET: ${file} ${why}.`);
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw wrong(`cannot be read (${error.code})`);
  });
  if (bytes.length > BYTES_MAX) throw wrong(`has more than ${BYTES_MAX} bytes`);
  return bytes.toString('utf8');
}
