import { type Request, run } from './load.ts';
import type { Server } from './servers.ts';

/** One thing that is measured beside others. */
export interface Contender {
  readonly name: string;
  readonly server: Server;
  /** What it is sent: the same each round for reads, something new for writes. */
  requests(round: number): readonly Request[];
}

/**
 * `cpuMs` is the server's processor time for one request, in milliseconds: what other programs on the machine change
 * least. `databaseCpuMs` is the same of the database server's processes. They are NaN if the system does not say.
 */
const FIGURES = ['requestsPerSecond', 'p50', 'p99', 'bytes', 'loadCpu', 'cpuMs', 'databaseCpuMs'] as const;
type Figure = (typeof FIGURES)[number];

/** The medians of its rounds. */
export interface Figures extends Readonly<Record<Figure, number>> {
  readonly name: string;
  readonly connections: number;
  /** The processor time in the round in which it was least: others on the machine only add to it. */
  readonly leastCpuMs: number;
  /** The server's memory after the last round. */
  readonly memory: string;
  readonly slowest: number;
  readonly fastest: number;
}

export type Timing = Readonly<Record<'rounds' | 'connections' | 'seconds', number>>;

/**
 * Measures the contenders in turn, once a round, each round beginning with another one, so that whatever else the
 * machine does falls on all of them. Answers one row for each, in their order.
 */
export async function measure(contenders: readonly Contender[], timing: Timing): Promise<Figures[]> {
  const { rounds, connections, seconds } = timing;
  const measured = contenders.map((): Record<Figure, number>[] => []);
  for (let round = 0; round < rounds; round++)
    for (let turn = 0; turn < contenders.length; turn++) {
      const index = (round + turn) % contenders.length;
      const { server, requests } = contenders[index] as Contender;
      measured[index]?.push(await measureOne(server, { requests: requests(round), connections, seconds }));
    }
  return contenders.map(({ name, server }, index) => {
    const rows = measured[index] ?? [];
    const all = (figure: Figure) => rows.map((one) => one[figure]);
    const medians = Object.fromEntries(FIGURES.map((figure) => [figure, median(all(figure))]));
    const rates = all('requestsPerSecond');
    return {
      ...{ name, connections, memory: server.memory(), ...(medians as Record<Figure, number>) },
      ...{ slowest: Math.min(...rates), fastest: Math.max(...rates), leastCpuMs: Math.min(...all('cpuMs')) },
    };
  });
}

async function measureOne(server: Server, job: { requests: readonly Request[] } & Omit<Timing, 'rounds'>) {
  const spent = async () => [server.cpuSeconds(), await server.databaseCpuSeconds?.()] as const;
  const before = await spent();
  const { answered, ...seen } = await run({ ...job, url: server.url });
  const after = await spent();
  const each = (which: 0 | 1) =>
    (1000 * ((after[which] ?? Number.NaN) - (before[which] ?? Number.NaN))) / answered;
  return { ...seen, cpuMs: each(0), databaseCpuMs: each(1) };
}

/** The middle value; between the two middle ones where there is an even number. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}
