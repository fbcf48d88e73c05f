import { build } from 'esbuild';
import { type Server, startServer } from './processes.ts';
import { type Ask, floorBody, graphqlBody, isWrite, type Operation, SITE_URL } from './queries.ts';
import { packageRoot } from './server-sources.ts';

/** A program that is measured. */
export interface Program {
  readonly name: string;
  readonly args: readonly string[];
  /** Where operations are posted to. */
  readonly path: string;
  /** `place`: the file that it opens, or the database's URL where it is on a server. */
  env(place: string): Readonly<Record<string, string>>;
  body(operation: Operation, ask: Ask): string;
  /** Whether it is measured with this operation. */
  takes(operation: Operation): boolean;
  /** Whether it counts its statements and tells them; see counted-process.ts. */
  readonly isCounted: boolean;
}

const BUILT = 'bench/dist';
const SCRIPTS = [
  ...['floor/main.ts', 'peers/mercurius.ts', 'peers/yoga.ts', 'peers/prisma.ts', 'covered-process.ts'],
];

/** Bundles the floor and the peers, packages aside: nothing that is measured runs through a loader of TypeScript. */
export async function buildContenders(): Promise<void> {
  await build({
    absWorkingDir: packageRoot,
    entryPoints: SCRIPTS.map((name) => `bench/${name}`),
    ...{ outbase: 'bench', outdir: BUILT, bundle: true, packages: 'external' },
    ...{ platform: 'node', format: 'esm', target: 'node20', logLevel: 'error' },
  });
}

const floor = {
  args: [`${BUILT}/floor/main.js`],
  path: '/',
  body: (operation: Operation, { variables }: Ask) => floorBody(operation, variables),
  isCounted: true,
};

/** What everything is compared with: its writes share commits as far as they come at once, like Parley's. */
export const FLOOR: Program = {
  ...{ ...floor, name: 'floor', takes: () => true },
  env: (file) => ({ FORUM_FILE: file }),
};

/** The floor as most would write it: every write waits for the disk by itself. */
export const FLOOR_ONE_BY_ONE: Program = {
  ...{ ...floor, name: 'floor, a commit each', takes: isWrite },
  env: (file) => ({ FORUM_FILE: file, COMMITS: 'one by one' }),
};

/** The server exactly as users start it: it gives answers again that it has given before. */
export const PARLEY_CACHED: Program = {
  ...{ name: 'parley, cached', args: ['dist/main.js'], path: '/graphql', isCounted: false },
  takes: () => true,
  env: (place) => ({
    DATABASE_URL: place.startsWith('postgres') ? place : `file:${place}`,
    // what else the machine does must not look like an overload
    ...{ SEED: 'none', SITE_URL, LOG_LEVEL: 'warn', RATE_LIMITS: 'off', OVERLOAD_WAIT_MS: '0' },
  }),
  body: (operation, { variables }) => graphqlBody(operation, variables),
};

/** The same, but each request is answered anew, as everywhere else here. */
export const PARLEY: Program = {
  ...{ ...PARLEY_CACHED, name: 'parley' },
  env: (place) => ({ ...PARLEY_CACHED.env(place), ANSWER_CACHE_MEGABYTES: '0' }),
};

/** The same server on either engine, for comparing the engines. */
export const ON_SQLITE: Program = { ...PARLEY, name: 'on SQLite' };
export const ON_POSTGRES: Program = { ...PARLEY, name: 'on PostgreSQL' };

const peer = (name: string, script: string, address = '/graphql'): Program => ({
  ...{ name, args: [`${BUILT}/peers/${script}`], path: address, takes: () => true, isCounted: true },
  ...{ env: FLOOR.env, body: PARLEY.body },
});

export const PEERS = [
  peer('mercurius, jit', 'mercurius.js'),
  peer('graphql-yoga', 'yoga.js'),
  { ...peer('apollo + prisma select', 'prisma.js', '/'), takes: (one: Operation) => !isWrite(one) },
];

/** A program that is running. */
export interface Running {
  readonly program: Program;
  readonly server: Server;
}

/** Starts a program on a file or a database of its own. */
export async function start(
  program: Program,
  place: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const server = await startServer(program.path, program.args, { ...program.env(place), ...env });
  return { program, server };
}

export async function stopAll(running: readonly Running[]): Promise<void> {
  await Promise.all(running.map(({ server }) => server.stop()));
}
