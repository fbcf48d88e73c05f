import { parseArgs } from 'node:util';
import { type SizeName, sizes } from './generate/sizes.ts';
import { type Operation, operations } from './queries.ts';

export interface Options {
  readonly size: SizeName;
  readonly rounds: number;
  /** The measured time of each operation, server and number of connections in each round. */
  readonly seconds: number;
  readonly only: readonly Operation[];
  readonly help: boolean;
}

export const USAGE = `Usage: npm run bench -- [--size small|full|large] [--rounds N] [--seconds S] [--only OPERATION,…]

  --size     how much data: full (default) has 20,000 discussions and 400,000 comments, small a tenth, large ten times
  --rounds   how often everything is measured; the table shows medians (default 3)
  --seconds  how long each measurement takes (default 3)
  --only     ${Object.keys(operations).join(', ')} (default: all of them)`;

/** Reads the command line. Throws an Error with one sentence where it is wrong. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      size: { type: 'string', default: 'full' },
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '3' },
      only: { type: 'string', default: Object.keys(operations).join(',') },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    size: oneOf('--size', values.size, Object.keys(sizes) as SizeName[]),
    rounds: number('--rounds', values.rounds, /^[1-9]\d?$/, 'a whole number from 1 to 99'),
    seconds: number('--seconds', values.seconds, /^(\d{1,3})(\.\d+)?$/, 'a number of seconds'),
    only: values.only.split(',').map((name) => oneOf('--only', name, Object.keys(operations) as Operation[])),
    help: values.help,
  };
}

function oneOf<T extends string>(option: string, value: string, among: readonly T[]): T {
  const found = among.find((one) => one === value);
  if (found === undefined) throw new Error(`${option} must be one of ${among.join(', ')}, not "${value}".`);
  return found;
}

function number(option: string, value: string, shape: RegExp, mustBe: string): number {
  if (!shape.test(value) || Number(value) <= 0)
    throw new Error(`${option} must be ${mustBe}, not "${value}".`);
  return Number(value);
}
