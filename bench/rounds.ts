import type { Load, LoadGenerator, Request } from './load/generator.ts';
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
  /** The processor time in the round in which it was least: others on the machine only add to it. */
  readonly leastCpuMs: number | null;
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
  { rounds, ...timing }: Timing,
): Promise<Figures[]> {
  const measured = contenders.map((): Measured[] => []);
  for (let round = 0; round < rounds; round++)
    for (let turn = 0; turn < contenders.length; turn++) {
      const index = (round + turn) % contenders.length;
      const { server, requests } = contenders[index] as Contender;
      const before = await spent(server);
      const { answered, ...seen } = await load.run({
        ...timing,
        url: server.url,
        requests: requests(round),
      });
      const after = await spent(server);
      const each = (was: number | null, is: number | null) =>
        was === null || is === null ? null : (1000 * (is - was)) / answered;
      const cpuMs = each(before.server, after.server);
      measured[index]?.push({ ...seen, cpuMs, databaseCpuMs: each(before.database, after.database) });
    }
  return contenders.map(({ name, server }, index) => {
    const rows = measured[index] ?? [];
    const of = (figure: keyof Measured) => median(rows.map((one) => one[figure] ?? Number.NaN));
    const known = (figure: 'cpuMs' | 'databaseCpuMs') => (Number.isNaN(of(figure)) ? null : of(figure));
    const rates = rows.map(({ requestsPerSecond }) => requestsPerSecond);
    return {
      ...{ name, connections: timing.connections, memory: server.memory() },
      ...{ requestsPerSecond: of('requestsPerSecond'), p50: of('p50'), p99: of('p99'), bytes: of('bytes') },
      ...{ loadCpu: of('loadCpu'), cpuMs: known('cpuMs'), databaseCpuMs: known('databaseCpuMs') },
      ...{ slowest: Math.min(...rates), fastest: Math.max(...rates) },
      leastCpuMs: known('cpuMs') && Math.min(...rows.map(({ cpuMs }) => cpuMs ?? Number.NaN)),
    };
  });
}

async function spent(server: Server) {
  return { server: server.cpuSeconds(), database: (await server.databaseCpuSeconds?.()) ?? null };
}

/** The middle value; between the two middle ones where there is an even number. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}
