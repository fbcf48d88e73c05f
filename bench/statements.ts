import { ApolloServer } from '@apollo/server';
import { type Program, start } from './contenders.ts';
import { answerOf } from './equality.ts';
import { type Ask, type Operation, operations, SITE_URL } from './queries.ts';
import * as parley from './server-sources.ts';
import type { Targets } from './targets.ts';

/** By operation and by the program's name: the statements of one request. */
export type Statements = ReadonlyMap<Operation, ReadonlyMap<string, number>>;

/**
 * Counts the statements of one request, before which the same program has answered one of its kind and so opened
 * nothing and prepared nothing. Each program counts in a process that is not measured.
 */
export async function countStatements(
  programs: readonly { readonly program: Program; readonly place: string }[],
  only: readonly Operation[],
  targets: Targets,
): Promise<Statements> {
  const counts = new Map(only.map((operation) => [operation, new Map<string, number>()]));
  for (const { program, place } of programs) {
    const running = program.isCounted ? await start(program, place, { COUNT_STATEMENTS: '1' }) : null;
    for (const operation of only.filter(program.takes)) {
      const ask = askToCount(operation, targets);
      const before = (await running?.server.ask<number>('statements?')) ?? 0;
      if (running) await answerOf(running, operation, ask);
      const count = running
        ? (await running.server.ask<number>('statements?')) - before
        : await countOurStatements(program.env(place)['DATABASE_URL'] ?? '', operation, ask);
      counts.get(operation)?.set(program.name, count);
    }
    await running?.server.stop();
  }
  return counts;
}

/** The request of which statements are counted. */
export function askToCount(operation: Operation, { largestThread, workload }: Targets): Ask {
  if (operation === 'threadPage') return { variables: largestThread };
  return workload[operation][0] ?? { variables: {} };
}

/** How many SQL statements one request runs in our server: counted in this process, with its own schema and reads. */
export async function countOurStatements(url: string, operation: Operation, ask: Ask): Promise<number> {
  const db = await parley.openDatabase(url);
  let count = 0;
  const apollo = new ApolloServer<parley.Context>({ schema: parley.buildSchema() });
  try {
    db.onStatement(() => count++);
    const now = new Date();
    const contextValue = parley.makeContext({
      ...{ db, siteUrl: SITE_URL, policy: parley.DEFAULT_POLICY, limiter: parley.NO_LIMITS },
      ...{ clock: () => now, viewer: await viewerOf(db, now, ask), address: '127.0.0.1' },
    });
    const { body } = await apollo.executeOperation(
      { query: operations[operation], variables: { ...ask.variables } },
      { contextValue },
    );
    const errors = body.kind === 'single' ? body.singleResult.errors : undefined;
    if (errors) throw new Error(`${operation}: ${errors[0]?.message}`);
    return count;
  } finally {
    await Promise.all([apollo.stop(), db.close()]);
  }
}

/** Who sends a request. Members write with keys here, nobody has a session. */
export async function viewerOf(
  db: Awaited<ReturnType<typeof parley.openDatabase>>,
  now: Date,
  { token }: Ask,
) {
  const onFault = (error: unknown) => {
    throw error;
  };
  const parts = { db, lookups: db, now, sessionMs: 60_000, onFault };
  return parley.authenticate(parts, { authorization: token && `Bearer ${token}` });
}
