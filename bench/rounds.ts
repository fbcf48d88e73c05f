import type { LoadGenerator } from './load/generator.ts';
import type { Job, Load, Request } from './load/job.ts';
import type { Memory, Server } from './processes.ts';

/** One thing that is measured beside others. */
export interface Contender {
  readonly name: string;
  readonly server: Server;
  /** What it is sent: the same each round for reads, something new for writes. */
  requests(round: number): readonly Request[];
}

/** One measurement: what the load saw and what it cost the server. */
interface Measured extends Omit<Load, 'failures' | 'answered'> {
  /** The server's processor time for one request, in milliseconds: what other programs on the machine change least. */
  readonly cpuMs: number | null;
  /** The same of the database server's processes that work for it; null: there are none, or nobody says. */
  readonly databaseCpuMs: number | null;
}

/** The medians of its rounds. */
export interface Figures extends Measured {
  readonly name: string;
  readonly connections: number;
  /** The server's memory after the last round. */
  readonly memory: Memory | null;
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
  const measured = contenders.map((): Measured[] => []);
  for (let round = 0; round < timing.rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const index = (round + turn) % contenders.length;
      const { server, requests } = contenders[index] as Contender;
      const { connections, seconds, warmUpSeconds } = timing;
      const job: Job = { url: server.url, requests: requests(round), connections, seconds, warmUpSeconds };
      const before = await spent(server);
      const { answered, ...seen } = await load.run(job);
      const after = await spent(server);
      const cpuMs = millisecondsEach(before.server, after.server, answered);
      const databaseCpuMs = millisecondsEach(before.database, after.database, answered);
      measured[index]?.push({ ...seen, cpuMs, databaseCpuMs });
    }
  }
  return contenders.map(({ name, server }, index) => ({
    name,
    connections: timing.connections,
    memory: server.memory(),
    ...mediansOf(measured[index] ?? []),
  }));
}

async function spent(server: Server) {
  return { server: server.cpuSeconds(), database: (await server.databaseCpuSeconds?.()) ?? null };
}

function millisecondsEach(before: number | null, after: number | null, answered: number): number | null {
  return before === null || after === null ? null : (1000 * (after - before)) / answered;
}

function mediansOf(measured: readonly Measured[]) {
  const of = (figure: Exclude<keyof Measured, 'cpuMs' | 'databaseCpuMs'>) =>
    median(measured.map((one) => one[figure]));
  const rates = measured.map(({ requestsPerSecond }) => requestsPerSecond);
  const known = (figure: 'cpuMs' | 'databaseCpuMs') => {
    const values = measured.flatMap((one) => one[figure] ?? []);
    return values.length === 0 ? null : median(values);
  };
  return {
    requestsPerSecond: of('requestsPerSecond'),
    p50: of('p50'),
    p99: of('p99'),
    bytes: of('bytes'),
    loadCpu: of('loadCpu'),
    cpuMs: known('cpuMs'),
    databaseCpuMs: known('databaseCpuMs'),
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
