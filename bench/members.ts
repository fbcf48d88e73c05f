import { ON_POSTGRES, ON_SQLITE, ON_SQLITE_REUSING, onPostgresReusing, start } from './contenders.ts';
import { makeCopies } from './copies.ts';
import type { Running } from './equality.ts';
import type { LoadGenerator } from './load/generator.ts';
import type { Request } from './load/job.ts';
import { type MovedForum, moveToServer } from './postgres-server.ts';
import { MEMBER_PAGE } from './queries.ts';
import { type Figures, measure, type Timing } from './rounds.ts';
import { chooseTargets, type Targets } from './targets.ts';

const CONNECTIONS = 32;
/** Until an instance trusts what it hears: others may have to connect first. */
const WARM_UP_REQUESTS = 12_000;

/** The servers of others that are measured with. */
export interface Servers {
  /** PostgreSQL's. */
  readonly server: string;
  readonly redis: string;
}

/**
 * Measures thread pages of members on both engines, made anew and of what members share. The forum is moved to a new
 * database, which is dropped at the end.
 */
export async function measureMembers(
  load: LoadGenerator,
  generated: string,
  { server, redis }: Servers,
  timing: Omit<Timing, 'connections'>,
): Promise<Figures[]> {
  const copies = await makeCopies(generated);
  try {
    const moved = await moveToServer(copies.file, server);
    try {
      const targets = chooseTargets(copies.file, copies.tokens);
      return await measureOn(load, { file: copies.another(), moved, redis }, targets, timing);
    } finally {
      await moved.remove();
    }
  } finally {
    copies.remove();
  }
}

interface Places {
  readonly file: string;
  readonly moved: MovedForum;
  readonly redis: string;
}

async function measureOn(
  load: LoadGenerator,
  { file, moved, redis }: Places,
  { workload, hotVotes }: Targets,
  timing: Omit<Timing, 'connections'>,
): Promise<Figures[]> {
  const tokens = hotVotes.map(({ token = '' }) => token);
  const requests = workload.threadPage.map(({ variables }, i): Request => {
    return {
      body: JSON.stringify({ query: MEMBER_PAGE, variables }),
      token: tokens[i % tokens.length] ?? '',
    };
  });
  const running: Running[] = [];
  try {
    for (const [program, place, of] of [
      [ON_SQLITE, file, {}],
      [ON_SQLITE_REUSING, file, {}],
      [ON_POSTGRES, moved.url, { databaseCpuSeconds: moved.cpuSeconds }],
      [onPostgresReusing(redis), moved.url, { databaseCpuSeconds: moved.cpuSeconds }],
    ] as const) {
      const server = { ...(await start(program, place)), ...of };
      running.push({ program, server });
      await load.warmUp({ url: server.url, requests, connections: CONNECTIONS }, WARM_UP_REQUESTS);
    }
    const contenders = running.map(({ program, server }) => ({
      ...{ name: program.name, server },
      requests: () => requests,
    }));
    return await measure(load, contenders, { ...timing, connections: CONNECTIONS });
  } finally {
    await Promise.all(running.map(({ server }) => server.stop()));
  }
}
