import { existsSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../src/package-root.ts';
import { builtFile } from './built.ts';
import { type Server, startServer } from './processes.ts';
import { type Ask, floorBody, graphqlBody, isWrite, type Operation, SITE_URL } from './queries.ts';

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

const all = () => true;
const graphql = (operation: Operation, { variables }: Ask) => graphqlBody(operation, variables);

const floor = {
  args: [builtFile('floor/main.ts')],
  path: '/',
  body: (operation: Operation, { variables }: Ask) => floorBody(operation, variables),
  isCounted: true,
};

/** What everything is compared with: its writes share commits as far as they come at once, like Parley's. */
export const FLOOR: Program = {
  ...floor,
  name: 'floor',
  takes: all,
  env: (file) => ({ FORUM_FILE: file }),
};

/** The floor as most would write it: every write waits for the disk by itself. */
export const FLOOR_ONE_BY_ONE: Program = {
  ...floor,
  name: 'floor, a commit each',
  takes: isWrite,
  env: (file) => ({ FORUM_FILE: file, COMMITS: 'one by one' }),
};

const parley = {
  args: ['dist/main.js'],
  path: '/graphql',
  body: graphql,
  isCounted: false,
};
const settings = (place: string) => ({
  DATABASE_URL: place.startsWith('postgres') ? place : `file:${place}`,
  SEED: 'none',
  SITE_URL,
  LOG_LEVEL: 'warn',
  RATE_LIMITS: 'off',
});

/** The server as users start it, but that it reuses no answer: each request is answered anew, as everywhere else here. */
export const PARLEY: Program = {
  ...parley,
  name: 'parley',
  takes: all,
  env: (place) => ({ ...settings(place), ANSWER_CACHE_MEGABYTES: '0' }),
};

/** The same, reusing what it has answered before: exactly as users start it. Its writes say what they have touched. */
export const PARLEY_REUSING: Program = {
  ...parley,
  name: 'parley, reusing',
  takes: all,
  env: settings,
};

/** The same server on either engine, for comparing the engines. */
export const ON_SQLITE: Program = { ...PARLEY, name: 'on SQLite' };
export const ON_POSTGRES: Program = { ...PARLEY, name: 'on PostgreSQL' };
export const ON_SQLITE_REUSING: Program = { ...PARLEY_REUSING, name: 'on SQLite, reusing' };

/** On PostgreSQL it gives members what is kept where its instances hear of each other through Redis. */
export const onPostgresReusing = (redisUrl: string): Program => ({
  ...PARLEY_REUSING,
  name: 'on PostgreSQL, reusing',
  env: (place) => ({ ...settings(place), REDIS_URL: redisUrl }),
});

const peer = (name: string, script: string, address = '/graphql'): Program => ({
  name,
  args: [builtFile(`peers/${script}`)],
  path: address,
  takes: all,
  env: (file) => ({ FORUM_FILE: file }),
  body: graphql,
  isCounted: true,
});

/** The peers, and what each needs from bench/peers/package.json; null: nothing that the project does not have itself. */
export const PEERS = [
  { program: peer('mercurius, jit', 'mercurius.ts'), needs: 'mercurius' },
  { program: peer('graphql-yoga', 'yoga.ts'), needs: 'graphql-yoga' },
  { program: peer('apollo + prisma select', 'prisma.ts', '/'), needs: null },
] as const;

/** Starts a program on a file or a database of its own. */
export function start(
  program: Program,
  place: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Server> {
  return startServer(program.path, program.args, { ...program.env(place), ...env });
}

export function isInstalled(name: string): boolean {
  return existsSync(path.join(packageRoot, 'bench/peers/node_modules', name, 'package.json'));
}
