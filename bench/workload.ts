import type { Bench } from './bench.ts';
import * as contenders from './contenders.ts';
import { answerOf, assertSameAnswers } from './equality.ts';
import type { LoadGenerator, Request } from './load/generator.ts';
import type { Ask, Operation } from './queries.ts';
import { coldStartTable, operationTable } from './report.ts';
import { type Contender, type Figures, measure, median, type Timing } from './rounds.ts';
import { countStatements } from './statements.ts';
import { again, makeCopies, type Targets } from './targets.ts';

export const CONNECTIONS = [1, 32] as const;
const COMPARED = 20;
/** How often everything is asked before it is measured: servers run for days, and V8 compiles what it has seen often. */
const WARM_UP_REQUESTS = 6_000;
/** Odd, as `again` counts: the first round's votes are none of these. */
const WARM_UP_PASS = 1;
const COLD_STARTS = 5;

/** Measures this server beside the floor and the peers, and how long each takes to its first answer. */
export async function measureWorkload({ load, generated, options, timing, print }: Bench): Promise<void> {
  const { FLOOR, FLOOR_ONE_BY_ONE, PARLEY, PARLEY_CACHED, PEERS, start, stopAll } = contenders;
  const programs = [FLOOR, FLOOR_ONE_BY_ONE, PARLEY, PARLEY_CACHED, ...(options.peers ? PEERS : [])];
  const copies = await makeCopies(generated);
  const running: contenders.Running[] = [];
  try {
    const { targets } = copies;
    const places = programs.map((program) => ({ program, place: copies.another() }));
    const statements = await countStatements(places, options.only, targets);
    const everywhere = programs.filter((one) => one !== FLOOR_ONE_BY_ONE && one !== PARLEY_CACHED);
    const [ask = { variables: {} }] = targets.workload.threadPage;
    print(coldStartTable(await measureColdStarts(everywhere, copies.another(), ask)));
    for (const program of programs) running.push(await start(program, copies.another()));
    for (const operation of options.only) {
      const figures = await measureOperation(load, running, operation, targets, timing);
      print(operationTable(operation, figures, statements.get(operation)));
    }
  } finally {
    await stopAll(running);
    copies.remove();
  }
}

/**
 * Measures one operation on all running servers that take it: compares their answers, warms them up, then measures them in
 * turn, with each number of connections.
 */
export async function measureOperation(
  load: LoadGenerator,
  running: readonly contenders.Running[],
  operation: Operation,
  { workload }: Targets,
  timing: Omit<Timing, 'connections'>,
  connectionCounts: readonly number[] = CONNECTIONS,
): Promise<Figures[]> {
  const takers = running.filter(({ program }) => program.takes(operation));
  const asks = workload[operation];
  await assertSameAnswers(takers, operation, asks.slice(0, COMPARED));
  const requestsOf = ({ program }: contenders.Running, pass: number) =>
    again(asks, pass).map(
      (ask): Request => ({ body: program.body(operation, ask), ...(ask.token && { token: ask.token }) }),
    );
  const most = Math.max(...connectionCounts);
  for (const one of takers) {
    const job = { url: one.server.url, requests: requestsOf(one, WARM_UP_PASS), connections: most };
    await load.warmUp(job, WARM_UP_REQUESTS);
  }
  const figures: Figures[] = [];
  for (const [i, connections] of connectionCounts.entries()) {
    const measured = takers.map((one): Contender => {
      const requests = (round: number) => requestsOf(one, i * timing.rounds + round);
      return { name: one.program.name, server: one.server, requests };
    });
    figures.push(...(await measure(load, measured, { ...timing, connections })));
  }
  return figures;
}

/** Starts each program several times, in turn, on a file that nobody else has open, and asks for one thread page. */
async function measureColdStarts(programs: readonly contenders.Program[], file: string, ask: Ask) {
  const starts = programs.map(({ name }) => ({
    ...{ name, times: [] as number[], cpus: [] as number[] },
    memory: null as Figures['memory'],
  }));
  for (let round = 0; round < COLD_STARTS; round++)
    for (const [i, program] of programs.entries()) {
      const startedAt = performance.now();
      const running = await contenders.start(program, file);
      await answerOf(running, 'threadPage', ask);
      const one = starts[i];
      one?.times.push(performance.now() - startedAt);
      one?.cpus.push(1000 * (running.server.cpuSeconds() ?? Number.NaN));
      if (one) one.memory = running.server.memory();
      await running.server.stop();
    }
  return starts.map(({ name, times, cpus, memory }) => ({
    ...{ name, memory, milliseconds: median(times), slowest: Math.max(...times), cpuMs: median(cpus) },
  }));
}

/** From the start of the process to its first thread page, and what it has used and holds then. */
export type ColdStart = Awaited<ReturnType<typeof measureColdStarts>>[number];
