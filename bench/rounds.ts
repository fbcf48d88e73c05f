import type { LoadGenerator } from './load/generator.ts';
import type { Job, Load } from './load/job.ts';
import type { Server } from './processes.ts';

/** One thing that is measured beside others. */
export interface Contender {
  readonly name: string;
  readonly server: Server;
  readonly bodies: readonly string[];
}

/** The medians of its rounds. */
export interface Figures extends Omit<Load, 'failures'> {
  readonly name: string;
  readonly connections: number;
  /** The server's memory after the last round, in bytes. */
  readonly memory: number | null;
  readonly slowest: number;
  readonly fastest: number;
}

export interface Timing {
  readonly rounds: number;
  readonly connections: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
}

/**
 * Measures the contenders in turn, once a round, each round beginning with another one, so that whatever else the
 * machine does falls on all of them. Answers one row for each, in their order.
 */
export async function measure(
  load: LoadGenerator,
  contenders: readonly Contender[],
  timing: Timing,
): Promise<Figures[]> {
  const loads = contenders.map((): Load[] => []);
  for (let round = 0; round < timing.rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const index = (round + turn) % contenders.length;
      const { server, bodies } = contenders[index] as Contender;
      const { connections, seconds, warmUpSeconds } = timing;
      const job: Job = { url: server.url, bodies, connections, seconds, warmUpSeconds };
      loads[index]?.push(await load.run(job));
    }
  }
  return contenders.map(({ name, server }, index) => ({
    name,
    connections: timing.connections,
    memory: server.memory(),
    ...mediansOf(loads[index] ?? []),
  }));
}

function mediansOf(loads: readonly Load[]) {
  const of = (figure: keyof Load) => median(loads.map((load) => load[figure]));
  const rates = loads.map((load) => load.requestsPerSecond);
  return {
    requestsPerSecond: of('requestsPerSecond'),
    p50: of('p50'),
    p99: of('p99'),
    bytes: of('bytes'),
    loadCpu: of('loadCpu'),
    slowest: Math.min(...rates),
    fastest: Math.max(...rates),
  };
}

/** The middle value; between the two middle ones where there is an even number. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}
