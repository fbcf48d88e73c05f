import { resolve } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { StartError } from '../start-error.ts';

/** The options and the other arguments of a command line. Throws a StartError that shows `usage`. */
export function readOptions<const Options extends NonNullable<ParseArgsConfig['options']>>(
  usage: string,
  options: Options,
) {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new StartError(`${error.message.split('. ')[0]}. Usage: ${usage}`);
  }
}

/** npm changes to the project's folder; a relative path is meant from where its user stood. */
export function fromCaller(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? '.', path);
}
