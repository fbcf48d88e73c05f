import { type Program, start } from './contenders.ts';
import type { Copies } from './copies.ts';
import { answerOf, assertSameAnswers, type Running } from './equality.ts';
import type { LoadGenerator } from './load/generator.ts';
import type { Request } from './load/job.ts';
import type { Ask, Operation } from './queries.ts';
import { type Contender, type Figures, measure, type Timing } from './rounds.ts';
import { countOurStatements } from './statements.ts';
import { again, type Targets } from './targets.ts';

export const CONNECTIONS = [1, 32] as const;
const COMPARED = 20;
/** How often everything is asked before it is measured: servers run for days, and V8 compiles what it has seen often. */
const WARM_UP_REQUESTS = 6_000;
/** Odd, as `again` counts: the first round's votes are none of these. */
const WARM_UP_PASS = 1;

/** What one operation came to. */
export interface Outcome {
  readonly operation: Operation;
  readonly figures: readonly Figures[];
  /** By the program's name: the statements of one request. */
  readonly statements: ReadonlyMap<string, number>;
}

/**
 * Measures one operation on all running servers that take it: compares their answers, warms them up, then measures them in
 * turn, with each number of connections.
 */
export async function measureOperation(
  load: LoadGenerator,
  running: readonly Running[],
  operation: Operation,
  targets: Targets,
  timing: Omit<Timing, 'connections'>,
): Promise<Figures[]> {
  const takers = running.filter(({ program }) => program.takes(operation));
  const asks = targets.workload[operation];
  await assertSameAnswers(takers, operation, asks.slice(0, COMPARED));
  for (const { program, server } of takers) {
    const requests = again(asks, WARM_UP_PASS).map((ask) => requestOf(program, operation, ask));
    const job = { url: server.url, requests, connections: Math.max(...CONNECTIONS) };
    await load.warmUp(job, WARM_UP_REQUESTS);
  }
  const figures: Figures[] = [];
  for (const [i, connections] of CONNECTIONS.entries()) {
    const contenders = takers.map(({ program, server }): Contender => {
      const requests = (round: number) =>
        again(asks, i * timing.rounds + round).map((ask) => requestOf(program, operation, ask));
      return { name: program.name, server, requests };
    });
    figures.push(...(await measure(load, contenders, { ...timing, connections })));
  }
  return figures;
}

function requestOf(program: Program, operation: Operation, ask: Ask): Request {
  return { body: program.body(operation, ask), ...(ask.token && { token: ask.token }) };
}

/**
 * Counts the statements of the last request to be compared, which opened nothing and prepared nothing. Each program
 * counts in a process that is not measured.
 */
export async function countStatements(
  programs: readonly Program[],
  copies: Copies,
  operations: readonly Operation[],
  targets: Targets,
): Promise<Map<Operation, Map<string, number>>> {
  const counts = new Map(operations.map((operation) => [operation, new Map<string, number>()]));
  for (const program of programs) {
    const file = copies.another();
    const server = program.isCounted ? await start(program, file, { COUNT_STATEMENTS: '1' }) : null;
    for (const operation of operations.filter((one) => program.takes(one))) {
      const ask = askToCount(operation, targets);
      const count = server
        ? await counted({ program, server }, operation, ask)
        : await countOurStatements(`file:${file}`, operation, ask);
      counts.get(operation)?.set(program.name, count);
    }
    await server?.stop();
  }
  return counts;
}

/** The request of which statements are counted. */
export function askToCount(operation: Operation, { largestThread, workload }: Targets): Ask {
  if (operation === 'threadPage') return { variables: largestThread };
  return workload[operation][0] ?? { variables: {} };
}

async function counted(running: Running, operation: Operation, ask: Ask): Promise<number> {
  const before = await running.server.statements();
  await answerOf(running, operation, ask);
  return (await running.server.statements()) - before;
}
