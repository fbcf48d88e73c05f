import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { type Ask, isWrite, OPERATIONS, type Operation, SITE_URL } from './queries.ts';
import { packageRoot } from './server-sources.ts';

/** A program that is measured. */
export interface Program {
  readonly name: string;
  readonly script: string;
  /** Where operations are posted to. */
  readonly path: string;
  /** `place`: the file that it opens, or the database's URL where it is on a server. */
  env(place: string): Readonly<Record<string, string>>;
  body(operation: Operation, ask: Ask): string;
  /** Whether it is measured with this operation. */
  takes(operation: Operation): boolean;
}

const TEXTS: Readonly<Record<string, string>> = Object.fromEntries(
  OPERATIONS.map((name) => [
    name,
    readFileSync(path.join(packageRoot, `bench/operations/${name}.graphql`), 'utf8'),
  ]),
);

const BUILT = 'bench/dist';
export const PROBE = `${BUILT}/probe.js`;

/** Bundles the floor and the peers, packages aside: nothing that is measured runs through a loader of TypeScript. */
export async function buildPrograms(): Promise<void> {
  const scripts = [
    'floor/main.ts',
    'floor/search.ts',
    'peers/mercurius.ts',
    'peers/yoga.ts',
    'peers/prisma.ts',
    'probe.ts',
  ];
  await build({
    absWorkingDir: packageRoot,
    entryPoints: scripts.map((name) => `bench/${name}`),
    ...{ outbase: 'bench', outdir: BUILT, bundle: true, packages: 'external' },
    ...{ platform: 'node', format: 'esm', target: 'node20', logLevel: 'error' },
  });
}

/** What everything is compared with: it indexes comments for search, and its writes share commits, like Parley's. */
export const FLOOR: Program = {
  ...{ name: 'floor', script: `${BUILT}/floor/main.js`, path: '/', takes: () => true },
  env: (file) => ({ FORUM_FILE: file }),
  body: (operation, { variables }) => JSON.stringify({ operation, variables }),
};

/** The same for the search, over texts of its own. It makes their index at its start. */
export const FLOOR_SEARCH: Program = { ...FLOOR, script: `${BUILT}/floor/search.js` };

/** The floor as most would write it: every write waits for the disk by itself. */
const FLOOR_ONE_BY_ONE: Program = {
  ...{ ...FLOOR, name: 'floor, a commit each', takes: isWrite },
  env: (file) => ({ FORUM_FILE: file, COMMITS: 'one by one' }),
};

/** The floor without full-text search: its comments are not found by their words. */
const FLOOR_WITHOUT_SEARCH: Program = {
  ...{ ...FLOOR, name: 'floor, without search', takes: (one) => one === 'addComment' },
  env: (file) => ({ FORUM_FILE: file, SEARCH: 'off' }),
};

/** The server exactly as users start it: it gives answers again that it has given before. */
export const PARLEY_CACHED: Program = {
  ...{ name: 'parley, cached', script: 'dist/main.js', path: '/graphql', takes: () => true },
  env: (place) => ({
    DATABASE_URL: place.startsWith('postgres') ? place : `file:${place}`,
    // what else the machine does must not look like an overload
    ...{ SEED: 'none', SITE_URL, LOG_LEVEL: 'warn', RATE_LIMITS: 'off', OVERLOAD_WAIT_MS: '0' },
  }),
  // the whole text every time, as clients send it
  body: (operation, { variables }) => JSON.stringify({ query: TEXTS[operation], variables }),
};

/** The same, but each request is answered anew, as everywhere else here. */
export const PARLEY: Program = {
  ...{ ...PARLEY_CACHED, name: 'parley' },
  env: (place) => ({ ...PARLEY_CACHED.env(place), ANSWER_CACHE_MEGABYTES: '0' }),
};

/** The same server on either engine, for comparing the engines. */
export const ON_SQLITE: Program = { ...PARLEY, name: 'on SQLite' };
export const ON_POSTGRES: Program = { ...PARLEY, name: 'on PostgreSQL' };

const peer = (name: string, script: string): Program => ({
  ...{ ...PARLEY, name, script: `${BUILT}/peers/${script}.js`, env: FLOOR.env },
});

export const OURS: readonly Program[] = [
  FLOOR,
  FLOOR_ONE_BY_ONE,
  FLOOR_WITHOUT_SEARCH,
  PARLEY,
  PARLEY_CACHED,
];
export const PEERS: readonly Program[] = [
  peer('mercurius, jit', 'mercurius'),
  peer('graphql-yoga', 'yoga'),
  { ...peer('apollo + prisma select', 'prisma'), path: '/', takes: (one) => !isWrite(one) },
];
