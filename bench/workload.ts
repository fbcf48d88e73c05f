import { type Program, start } from './contenders.ts';
import type { Copies } from './copies.ts';
import { answerOf, assertSameAnswers, type Running } from './equality.ts';
import type { LoadGenerator } from './load/generator.ts';
import type { Operation } from './queries.ts';
import { type Contender, type Figures, measure, type Timing } from './rounds.ts';
import { countOurStatements } from './statements.ts';
import { again, type Targets } from './targets.ts';

export const CONNECTIONS = [1, 32] as const;
const COMPARED = 20;

/** What one operation came to. */
export interface Outcome {
  readonly operation: Operation;
  readonly figures: readonly Figures[];
  /** By the program's name: the statements of one request. */
  readonly statements: ReadonlyMap<string, number>;
}

/**
 * Measures one operation on all running servers that take it: compares their answers first, then measures them in
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
  const figures: Figures[] = [];
  for (const [i, connections] of CONNECTIONS.entries()) {
    const contenders = takers.map(({ program, server }): Contender => {
      const requests = (round: number) =>
        again(asks, i * timing.rounds + round).map((ask) => ({
          body: program.body(operation, ask),
          ...(ask.token && { token: ask.token }),
        }));
      return { name: program.name, server, requests };
    });
    figures.push(...(await measure(load, contenders, { ...timing, connections })));
  }
  return figures;
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
  const asked = (operation: Operation) =>
    operation === 'threadPage' ? { variables: targets.largestThread } : targets.workload[operation][0];
  for (const program of programs) {
    const file = copies.another();
    const server = program.isCounted ? await start(program, file, { COUNT_STATEMENTS: '1' }) : null;
    for (const operation of operations.filter((one) => program.takes(one))) {
      const ask = asked(operation);
      if (!ask) continue;
      const count = server
        ? await counted({ program, server }, operation, ask)
        : await countOurStatements(file, operation, ask);
      counts.get(operation)?.set(program.name, count);
    }
    await server?.stop();
  }
  return counts;
}

async function counted(
  running: Running,
  operation: Operation,
  ask: Parameters<typeof answerOf>[2],
): Promise<number> {
  const before = await running.server.statements();
  await answerOf(running, operation, ask);
  return (await running.server.statements()) - before;
}
