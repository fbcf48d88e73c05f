import { parseArgs } from 'node:util';
import { type SizeName, sizes } from './generate/rows.ts';
import { OPERATIONS, type Operation } from './queries.ts';

const PARTS = ['workload', 'growth', 'postgres', 'mechanisms', 'footprint'] as const;

export interface Options {
  readonly part: (typeof PARTS)[number];
  readonly size: SizeName;
  readonly rounds: number;
  /** The measured time of each operation, server and number of connections in each round. */
  readonly seconds: number;
  readonly only: readonly Operation[];
  readonly peers: boolean;
  /** Put the tables into docs/performance.md. */
  readonly write: boolean;
  readonly help: boolean;
}

export const USAGE = `Usage: npm run bench -- [PART] [--size SIZE] [--rounds N] [--seconds S] [--only OPERATIONS] [--no-peers] [--write]

  workload   (default) requests per second beside the hand-written floor and the peers, and cold starts
  growth     whether pages cost more in large threads and large forums
  postgres   the workload of this server on PostgreSQL beside the same on SQLite; BENCH_POSTGRES_URL is the address of
             a PostgreSQL server on which a database may be made, and is dropped at the end
  mechanisms what each mechanism of this server buys: the workload with it and without it, in one run
  footprint  how many files and functions of src/ run for one thread page and for one new comment
  --size     how much data: full (default) has 20,000 discussions and about 400,000 comments, small a tenth, large ten
             times, tiny next to nothing. growth compares the list page of small and of this size; postgres, mechanisms
             and footprint take small unless they are told otherwise
  --rounds   how often everything is measured; tables show medians (default 3, of mechanisms 9)
  --seconds  how long each measurement takes (default 3, of mechanisms 1)
  --only     ${OPERATIONS.join(', ')} (default: all of them)
  --no-peers the floor and this server alone
  --write    put the tables into docs/performance.md`;

/** Reads the command line. Throws an Error with one sentence where it is wrong. */
export function readOptions(args: string[]): Options {
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
  const size = values.size ?? (part === 'workload' || part === 'growth' ? 'full' : 'small');
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
