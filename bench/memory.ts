import type { LoadGenerator } from './load/generator.ts';
import type { Request } from './load/job.ts';
import type { Server } from './processes.ts';
import { type Figures, measure } from './rounds.ts';

/** Enough to see a trend. */
const SAMPLES = 6;
const CONNECTIONS = 32;

/** Loads a server all the time; answers what it did and held in each sixth of it. */
export async function measureMemory(
  load: LoadGenerator,
  server: Server,
  requests: readonly Request[],
  minutes: number,
): Promise<Figures[]> {
  const seconds = (60 * minutes) / SAMPLES;
  const figures: Figures[] = [];
  for (let i = 1; i <= SAMPLES; i++) {
    const passed = i * seconds;
    const name = `after ${minutes < SAMPLES ? `${passed.toFixed(0)} s` : `${(passed / 60).toFixed(0)} min`}`;
    const timing = { rounds: 1, connections: CONNECTIONS, seconds, warmUpSeconds: 0 };
    figures.push(...(await measure(load, [{ name, server, requests: () => requests }], timing)));
  }
  return figures;
}
