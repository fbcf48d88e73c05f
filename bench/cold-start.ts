import { type Program, start } from './contenders.ts';
import { answerOf } from './equality.ts';
import type { Memory } from './processes.ts';
import type { Ask } from './queries.ts';
import { median } from './rounds.ts';

/** From the start of the process to its first thread page, and what it holds in memory then. */
export interface ColdStart {
  readonly name: string;
  readonly milliseconds: number;
  readonly slowest: number;
  /** The processor time of it: what other programs on the machine change least. Null where the system does not say. */
  readonly cpuMs: number | null;
  readonly memory: Memory | null;
}

/** Starts each program `rounds` times, in turn, on a file that nobody else has open. */
export async function measureColdStarts(
  programs: readonly Program[],
  file: string,
  ask: Ask,
  rounds: number,
): Promise<ColdStart[]> {
  const seen = programs.map(() => ({
    times: [] as number[],
    cpus: [] as number[],
    memory: null as Memory | null,
  }));
  for (let round = 0; round < rounds; round++) {
    for (const [i, program] of programs.entries()) {
      const startedAt = performance.now();
      const server = await start(program, file);
      await answerOf({ program, server }, 'threadPage', ask);
      const one = seen[i];
      one?.times.push(performance.now() - startedAt);
      one?.cpus.push(1000 * (server.cpuSeconds() ?? Number.NaN));
      if (one) one.memory = server.memory();
      await server.stop();
    }
  }
  return programs.map(({ name }, i) => {
    const { times, cpus, memory } = seen[i] ?? { times: [], cpus: [], memory: null };
    const cpu = median(cpus);
    const cpuMs = Number.isNaN(cpu) ? null : cpu;
    return { name, milliseconds: median(times), slowest: Math.max(...times), cpuMs, memory };
  });
}
