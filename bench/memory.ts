import { PARLEY_REUSING, start } from './contenders.ts';
import { makeCopies } from './copies.ts';
import type { LoadGenerator } from './load/generator.ts';
import type { Request } from './load/job.ts';
import { type Ask, graphqlBody, type Operation } from './queries.ts';
import { type Figures, measure } from './rounds.ts';
import { again, chooseTargets, type Targets } from './targets.ts';

/** Enough to see a trend. */
const SAMPLES = 6;
const CONNECTIONS = 32;

/** What a forum is asked in a while: of twenty requests two are votes, and one is a comment. */
const MIX: readonly Operation[] = [
  ...(['threadPage', 'threadPage', 'listPage', 'threadPage', 'setVote'] as const),
  ...(['threadPage', 'threadPage', 'listPage', 'threadPage', 'threadPage'] as const),
  ...(['threadPage', 'threadPage', 'listPage', 'threadPage', 'setVote'] as const),
  ...(['threadPage', 'threadPage', 'listPage', 'threadPage', 'addComment'] as const),
];
const REQUESTS = 100_000;

/**
 * Loads the server as users start it, reusing answers, with reads and writes all the time; answers what it did and held in
 * each sixth of it.
 */
export async function measureMemory(
  load: LoadGenerator,
  generated: string,
  minutes: number,
): Promise<Figures[]> {
  const copies = await makeCopies(generated);
  try {
    const requests = mixed(chooseTargets(copies.file, copies.tokens));
    const server = await start(PARLEY_REUSING, copies.another());
    try {
      const seconds = (60 * minutes) / SAMPLES;
      const figures: Figures[] = [];
      for (let i = 1; i <= SAMPLES; i++) {
        const passed = i * seconds;
        const name = `after ${passed < 60 ? `${passed.toFixed(0)} s` : `${(passed / 60).toFixed(0)} min`}`;
        const timing = { rounds: 1, connections: CONNECTIONS, seconds, warmUpSeconds: 0 };
        figures.push(...(await measure(load, [{ name, server, requests: () => requests }], timing)));
      }
      return figures;
    } finally {
      await server.stop();
    }
  } finally {
    copies.remove();
  }
}

function mixed({ workload }: Targets): Request[] {
  const asks: Record<Operation, readonly Ask[]> = { ...workload, setVote: thereAndBack(workload.setVote) };
  const asked: Record<Operation, number> = { threadPage: 0, listPage: 0, addComment: 0, setVote: 0 };
  return Array.from({ length: REQUESTS }, (_, i): Request => {
    const operation = MIX[i % MIX.length] ?? 'threadPage';
    const ask = asks[operation][asked[operation]++ % asks[operation].length] ?? { variables: {} };
    return { body: graphqlBody(operation, ask.variables), ...(ask.token && { token: ask.token }) };
  });
}

/** As many votes as there are in one pass of the mix, half of which take back the other half: each is a change. */
function thereAndBack(votes: readonly Ask[]): Ask[] {
  const some = votes.slice(0, (REQUESTS / MIX.length) * (MIX.filter((one) => one === 'setVote').length / 2));
  return [...some, ...again(some, 1)];
}
