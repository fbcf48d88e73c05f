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
  readonly memory: Memory | null;
}

/** Starts each program `rounds` times, in turn, on a file that nobody else has open. */
export async function measureColdStarts(
  programs: readonly Program[],
  file: string,
  ask: Ask,
  rounds: number,
): Promise<ColdStart[]> {
  const seen = programs.map(() => ({ times: [] as number[], memory: null as Memory | null }));
  for (let round = 0; round < rounds; round++) {
    for (const [i, program] of programs.entries()) {
      const startedAt = performance.now();
      const server = await start(program, file);
      await answerOf({ program, server }, 'threadPage', ask);
      seen[i]?.times.push(performance.now() - startedAt);
      if (seen[i]) seen[i].memory = server.memory();
      await server.stop();
    }
  }
  return programs.map(({ name }, i) => {
    const { times, memory } = seen[i] ?? { times: [], memory: null };
    return { name, milliseconds: median(times), slowest: Math.max(...times), memory };
  });
}
