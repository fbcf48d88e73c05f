import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { builtFile } from '../built.ts';
import { FLOOR, PARLEY, PEERS, type Program, start } from '../contenders.ts';
import { makeCopies } from '../copies.ts';
import { answerOf, assertSameAnswers, type Running } from '../equality.ts';
import type { LoadGenerator } from '../load/generator.ts';
import type { Options } from '../options.ts';
import type { Ask } from '../queries.ts';
import { chooseTargets } from '../targets.ts';
import type { CpuProfile } from './cpu-profile.ts';
import { type FunctionTime, functionTimes } from './grouped.ts';
import { sourceFiles } from './source-files.ts';
import { type ThreadTimes, threadTimes } from './threads.ts';

const CONNECTIONS = 32;
const WARM_UP_REQUESTS = 6_000;
const COMPARED = 20;

/** Where the time of one program went. */
export interface Profiled {
  readonly name: string;
  readonly pages: number;
  readonly functions: readonly FunctionTime[];
  /** The processor time of these pages, in microseconds; null where the system does not say. */
  readonly threads: ThreadTimes | null;
}

interface Round {
  readonly pages: number;
  readonly profile: CpuProfile;
  readonly threads: ThreadTimes | null;
}

/**
 * Loads the floor, this server, and Apollo with Prisma with thread pages under V8's profiler. They take turns, and start
 * anew in each round: a profiler that is on samples what waits, too. Leaves the last round's profiles beside the data,
 * for the browser's tools.
 */
export async function measureProfiles(
  load: LoadGenerator,
  generated: string,
  options: Pick<Options, 'peers' | 'rounds' | 'seconds'>,
): Promise<Profiled[]> {
  const usual = PEERS.filter(({ needs }) => needs === null).map(({ program }) => program);
  const programs = [FLOOR, PARLEY, ...(options.peers ? usual : [])];
  const copies = await makeCopies(generated);
  try {
    const placed = programs.map((program) => ({ program, file: copies.another() }));
    const asks = chooseTargets(copies.file, copies.tokens).workload.threadPage;
    await compareAnswers(placed, asks);
    const rounds = placed.map((): Round[] => []);
    for (let round = 0; round < options.rounds; round++) {
      for (const [i, one] of placed.entries()) {
        rounds[i]?.push(await profiled(load, one, asks, options.seconds));
      }
    }
    for (const [i, { name }] of programs.entries()) {
      const file = path.join(path.dirname(generated), `${name.replaceAll(/\W+/g, '-')}.cpuprofile`);
      writeFileSync(file, JSON.stringify(rounds[i]?.at(-1)?.profile));
    }
    return programs.map(({ name }, i) => summed(name, rounds[i] ?? []));
  } finally {
    copies.remove();
  }
}

interface Placed {
  readonly program: Program;
  readonly file: string;
}

async function compareAnswers(placed: readonly Placed[], asks: readonly Ask[]): Promise<void> {
  const running: Running[] = [];
  try {
    for (const { program, file } of placed) running.push({ program, server: await start(program, file) });
    await assertSameAnswers(running, 'threadPage', asks.slice(0, COMPARED));
  } finally {
    await Promise.all(running.map(({ server }) => server.stop()));
  }
}

async function profiled(
  load: LoadGenerator,
  { program, file }: Placed,
  asks: readonly Ask[],
  seconds: number,
): Promise<Round> {
  const args = ['--import', `./${builtFile('profile/profiled-process.ts')}`, ...program.args];
  const server = await start({ ...program, args }, file);
  try {
    const requests = asks.map((ask) => ({ body: program.body('threadPage', ask) }));
    const job = { url: server.url, requests, connections: CONNECTIONS };
    // V8 learns the names of native functions that there are when a profiler is turned on: the first page makes them
    await answerOf({ program, server }, 'threadPage', asks[0] ?? { variables: {} });
    await server.ask('profile: warm up');
    await load.warmUp(job, WARM_UP_REQUESTS);
    await server.ask('profile: begin');
    const before = threadTimes(server.pid);
    const { answered } = await load.run({ ...job, seconds, warmUpSeconds: 0 });
    const after = threadTimes(server.pid);
    const profile = (await server.ask('profile: end')) as CpuProfile;
    const spent = (thread: keyof ThreadTimes) => 1e6 * ((after?.[thread] ?? 0) - (before?.[thread] ?? 0));
    const threads = before && after && { main: spent('main'), others: spent('others') };
    return { pages: answered, profile, threads };
  } finally {
    await server.stop();
  }
}

function summed(name: string, rounds: readonly Round[]): Profiled {
  const sources = sourceFiles();
  const known = rounds.flatMap(({ threads }) => threads ?? []);
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  return {
    name,
    pages: sum(rounds.map(({ pages }) => pages)),
    functions: rounds.flatMap(({ profile }) => functionTimes(profile, sources)),
    threads:
      known.length < rounds.length
        ? null
        : { main: sum(known.map(({ main }) => main)), others: sum(known.map(({ others }) => others)) },
  };
}
