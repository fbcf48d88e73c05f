import { parseArgs } from 'node:util';
import { type SizeName, sizes } from './generate/sizes.ts';
import { type Operation, operations } from './queries.ts';

const PARTS = ['workload', 'growth', 'memory', 'postgres', 'members', 'profile'] as const;

export type Part = (typeof PARTS)[number];

export interface Options {
  /**
   * What is measured: the workload beside floor and peers, whether cost grows with the forum, whether memory grows with
   * time, this server on PostgreSQL beside itself on SQLite, members' pages on both, or where the processor time of a
   * thread page goes.
   */
  readonly part: Part;
  readonly size: SizeName;
  readonly rounds: number;
  /** The measured time of each operation, server and number of connections in each round. */
  readonly seconds: number;
  readonly only: readonly Operation[];
  readonly peers: boolean;
  /** How long `memory` loads the server. */
  readonly minutes: number;
  /** Put the tables and the chart into docs/performance.md. */
  readonly write: boolean;
  readonly help: boolean;
}

export const USAGE = `Usage: npm run bench -- [workload|growth|memory|postgres|members|profile] [--size SIZE] [--rounds N] [--seconds S] [--write] …

  workload   (default) requests per second beside the hand-written floor and the peers
  growth     whether pages cost more in large threads and large forums
  memory     whether memory grows while pages are read, comments are added and votes are cast for a time
  postgres   the workload of this server on PostgreSQL beside the same on SQLite; BENCH_POSTGRES_URL is the address of
             a PostgreSQL server on which a database may be made, and is dropped at the end
  members    thread pages of members on both engines, made anew and of what members share; needs BENCH_REDIS_URL too
  profile    where the processor time of a thread page goes in the floor, in this server, and in Apollo with Prisma
  --size     how much data: full (default) has 20,000 discussions and 400,000 comments, small a tenth, large ten times,
             tiny next to nothing. growth compares the list page of small and of this size; postgres and members take small
             unless it is told otherwise
  --rounds   how often everything is measured; the table shows medians (default 3)
  --seconds  how long each measurement takes (default 3)
  --only     ${Object.keys(operations).join(', ')} (default: all of them)
  --no-peers the floor and this server alone
  --minutes  memory: how long to load the server (default 1)
  --write    put the tables, and the workload's chart, into docs/performance.md`;

/** Reads the command line. Throws an Error with one sentence where it is wrong. */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    allowNegative: true,
    options: {
      size: { type: 'string' },
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '3' },
      only: { type: 'string', default: Object.keys(operations).join(',') },
      peers: { type: 'boolean', default: true },
      minutes: { type: 'string', default: '1' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { peers, write, help } = values;
  const part = oneOf('The part', positionals.join(' ') || 'workload', PARTS);
  return {
    ...{ peers, write, help },
    part,
    // a move takes minutes
    size: oneOf(
      '--size',
      values.size ?? (part === 'postgres' || part === 'members' ? 'small' : 'full'),
      Object.keys(sizes) as SizeName[],
    ),
    rounds: number('--rounds', values.rounds, /^[1-9]\d?$/, 'a whole number from 1 to 99'),
    seconds: number('--seconds', values.seconds, /^(\d{1,3})(\.\d+)?$/, 'a number of seconds'),
    minutes: number('--minutes', values.minutes, /^(\d{1,3})(\.\d+)?$/, 'a number of minutes'),
    only: values.only.split(',').map((name) => oneOf('--only', name, Object.keys(operations) as Operation[])),
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
