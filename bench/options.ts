import { parseArgs } from 'node:util';
import { type SizeName, sizes } from './generate/rows.ts';
import { OPERATIONS } from './queries.ts';

const PARTS = ['workload', 'growth', 'postgres', 'mechanisms', 'footprint', 'search', 'overload'] as const;

export type Options = ReturnType<typeof readOptions>;

/** Reads the command line. Throws an Error with one sentence where it is wrong. */
export function readOptions(args: string[]) {
  const { values, positionals } = parseArgs({
    ...{ args, allowPositionals: true, allowNegative: true },
    options: {
      ...{ size: { type: 'string' }, rounds: { type: 'string' }, seconds: { type: 'string' } },
      only: { type: 'string', default: OPERATIONS.join(',') },
      peers: { type: 'boolean', default: true },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const part = oneOf('The part', positionals.join(' ') || 'workload', PARTS);
  // many short rounds: differences are small there, and whatever else the machine does comes and goes
  const [rounds, seconds] = part === 'mechanisms' ? ['9', '1'] : ['3', '3'];
  const size =
    values.size ?? (part === 'workload' || part === 'growth' || part === 'search' ? 'full' : 'small');
  return {
    ...{ part, peers: values.peers, write: values.write, help: values.help },
    size: oneOf('--size', size, Object.keys(sizes) as SizeName[]),
    rounds: number('--rounds', values.rounds ?? rounds, /^[1-9]\d?$/, 'a whole number from 1 to 99'),
    seconds: number(
      '--seconds',
      values.seconds ?? seconds,
      /^(?=.*[1-9])\d{1,3}(\.\d+)?$/,
      'a number of seconds',
    ),
    only: values.only.split(',').map((name) => oneOf('--only', name, OPERATIONS)),
  };
}

function oneOf<T extends string>(option: string, value: string, among: readonly T[]): T {
  const found = among.find((one) => one === value);
  if (found === undefined) throw new Error(`${option} must be one of ${among.join(', ')}, not "${value}".`);
  return found;
}

function number(option: string, value: string, form: RegExp, mustBe: string): number {
  if (!form.test(value)) throw new Error(`${option} must be ${mustBe}, not "${value}".`);
  return Number(value);
}
