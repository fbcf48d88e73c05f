import { answerOf, assertSameAnswers } from './equality.ts';
import { run } from './load.ts';
import { FLOOR, OURS, PARLEY, PEERS, PROBE, type Program } from './programs.ts';
import type { Ask, Operation } from './queries.ts';
import { type Bench, figuresTable, table } from './report.ts';
import { type Contender, type Figures, measure, median, type Timing } from './rounds.ts';
import { digits, type Server, start, startAll, stopAll } from './servers.ts';
import { again, type Copies, type Targets } from './targets.ts';

export const CONNECTIONS = [1, 32] as const;
const COMPARED = 20;
/**
 * How often everything is asked before it is measured, for each second that is measured, three at most: servers run for
 * days, and V8 goes on to optimize what it has seen often. A vote took this server 0.40 ms after 9,000 votes and 0.27 ms
 * after 20,000; the floor, which is less code, 0.22 ms both times.
 */
const WARM_UP_REQUESTS = 7_000;
const COLD_STARTS = 5;

/** Measures this server beside the floor and the peers, and how long each takes to its first answer. */
export async function measureWorkload({ copies, options, print }: Bench): Promise<void> {
  const programs = [...OURS, ...(options.peers ? PEERS : [])];
  const { targets } = copies;
  const statements = new Map<Program, ReadonlyMap<Operation, number>>();
  for (const program of programs)
    statements.set(program, await countStatements(program, copies.another(), options.only, targets));
  print(await coldStarts([FLOOR, PARLEY, ...programs.slice(OURS.length)], copies));
  const servers = await startAll(programs, copies.another);
  try {
    for (const operation of options.only) {
      const figures = await measureOperation(servers, operation, targets, options);
      const count = ({ name }: Figures) =>
        statements.get(programs.find((one) => one.name === name) ?? FLOOR)?.get(operation) ?? '';
      print(figuresTable(operation, figures, FLOOR.name, ['statements', count]));
    }
  } finally {
    await stopAll(servers);
  }
}

/**
 * Measures one operation on all servers that take it: compares their answers, warms them up, then measures them in
 * turn, with each number of connections.
 */
export async function measureOperation(
  servers: readonly Server[],
  operation: Operation,
  { workload }: Targets,
  timing: Omit<Timing, 'connections'>,
  connectionCounts: readonly number[] = CONNECTIONS,
): Promise<Figures[]> {
  const takers = servers.filter(({ program }) => program.takes(operation));
  const asks = workload[operation];
  await assertSameAnswers(takers, operation, asks.slice(0, COMPARED));
  const requestsOf = ({ program }: Server, pass: number) =>
    again(asks, pass).map((ask) => ({ body: program.body(operation, ask), token: ask.token }));
  const connections = Math.max(...connectionCounts);
  const wanted = WARM_UP_REQUESTS * Math.min(3, timing.seconds);
  // ends with an odd pass: the first round's votes are none of its
  for (const one of takers)
    for (let [sent, pass] = [0, 0]; sent < wanted || pass % 2 === 1; pass++)
      sent += (await run({ url: one.url, requests: requestsOf(one, pass), connections, seconds: 1 }))
        .answered;
  const figures: Figures[] = [];
  for (const [i, connections] of connectionCounts.entries()) {
    const measured = takers.map((server): Contender => {
      const requests = (round: number) => requestsOf(server, i * timing.rounds + round);
      return { name: server.program.name, server, requests };
    });
    figures.push(...(await measure(measured, { ...timing, connections })));
  }
  return figures;
}

/** Counts the statements of one request of each operation, before which the server has answered another of its kind. */
export async function countStatements(
  program: Program,
  place: string,
  only: readonly Operation[],
  { workload, largestThread }: Targets,
): Promise<Map<Operation, number>> {
  const counts = new Map<Operation, number>();
  const server = await start(program, place, PROBE);
  for (const operation of only.filter(program.takes)) {
    const [first, second] = workload[operation] as [Ask, Ask];
    // a key's first use is recorded: the same member writes twice
    await answerOf(server, operation, first);
    const before = await server.ask<number>('statements');
    const counted =
      operation === 'threadPage'
        ? { variables: largestThread }
        : { ...second, ...(first.token && { token: first.token }) };
    await answerOf(server, operation, counted);
    counts.set(operation, (await server.ask<number>('statements')) - before);
  }
  await server.stop();
  return counts;
}

/** From the start of the process to its first thread page, several times in turn, and what it has used and needs then. */
async function coldStarts(programs: readonly Program[], { targets, another }: Copies): Promise<string> {
  const file = another();
  const starts = programs.map((program) => ({
    program,
    times: [] as number[],
    cpus: [] as number[],
    memory: '',
  }));
  for (let round = 0; round < COLD_STARTS; round++)
    for (const one of starts) {
      const startedAt = performance.now();
      const server = await start(one.program, file);
      await answerOf(server, 'threadPage', targets.workload.threadPage[0] as Ask);
      one.times.push(performance.now() - startedAt);
      one.cpus.push(1000 * (server.cpuSeconds() ?? Number.NaN));
      one.memory = server.memory();
      await server.stop();
    }
  const rows = starts.map(({ program, times, cpus, memory }) => {
    const time = `${digits(median(times))} [slowest ${digits(Math.max(...times))}]`;
    return [program.name, time, digits(median(cpus)), memory];
  });
  return `### Cold start\n\n${table(['server', 'ms to the first thread page', 'CPU ms', 'memory MB'], rows)}`;
}
