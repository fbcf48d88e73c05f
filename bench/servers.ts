import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Program } from './programs.ts';
import { packageRoot } from './server-sources.ts';

const START_MS_MAX = 180_000;
const POLL_MS = 5;

/** Whether servers and load can be tied to a core of their own each: 0 for whatever is measured, 1 for the load. */
export const isPinned =
  availableParallelism() > 1 && spawnSync('taskset', ['-c', '0,1', 'true']).status === 0;

/** Ties this process, which makes the load, to its core. */
export function pinLoad(): void {
  if (isPinned) spawnSync('taskset', ['-acp', '1', String(process.pid)]);
}

/** A program that is running. */
export type Server = Awaited<ReturnType<typeof start>> & {
  /** The processor time of a database server's processes that work for it alone. If omitted, it has no such server. */
  databaseCpuSeconds?(): Promise<number | null>;
};

/**
 * Starts a program on a file or a database and on a free port, and resolves when it answers. `probe` is loaded before
 * it. Throws if it ends before that or takes too long.
 */
export async function start(program: Program, place: string, probe?: string) {
  const port = await freePort();
  const command = [process.execPath, ...(probe ? ['--import', `./${probe}`] : []), program.script];
  if (isPinned) command.unshift('taskset', '-c', '0');
  const [file = '', ...args] = command;
  const env = { ...process.env, NODE_ENV: 'production', ...program.env(place), PORT: String(port) };
  const child = spawn(file, args, { cwd: packageRoot, env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  // nothing that was started outlives this process
  const end = () => child.kill();
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  const url = `http://127.0.0.1:${port}${program.path}`;
  const until = performance.now() + START_MS_MAX;
  while (!(await answers(url))) {
    if (child.exitCode !== null)
      throw new Error(`${program.name} ended with ${child.exitCode} at its start.`);
    if (performance.now() > until) throw new Error(`${program.name} did not answer within three minutes.`);
    await sleep(POLL_MS);
  }
  const megabytes = (name: string) =>
    Number(new RegExp(`${name}:\\s+(\\d+)`).exec(processFile(child.pid, 'status'))?.[1]) / 1024;
  return {
    ...{ program, url, megabytes, cpuSeconds: () => cpuSecondsOf(child.pid) },
    /** Its memory now in MB: everything that is resident, and in brackets what is not the mapped database file. */
    memory: () => `${digits(megabytes('VmRSS'))} (own ${digits(megabytes('RssAnon'))})`,
    /** What the probe in it answers to a message; see probe.ts. */
    ask: async <T>(message: string) => {
      child.send(message);
      return ((await once(child, 'message')) as [T])[0];
    },
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Starts several programs, each on a place of its own. */
export async function startAll(programs: readonly Program[], place: () => string): Promise<Server[]> {
  const servers: Server[] = [];
  for (const program of programs) servers.push(await start(program, place()));
  return servers;
}

export async function stopAll(servers: readonly Server[]): Promise<void> {
  await Promise.all(servers.map((server) => server.stop()));
}

/** Any HTTP answer will do: an empty GET is refused by every server. */
const answers = (url: string): Promise<boolean> =>
  fetch(url)
    .then((response) => response.arrayBuffer())
    .then(() => true)
    .catch(() => false);

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** The kernel counts processor time in hundredths of a second, whatever its own clock (proc(5), sysconf(3)). */
const TICKS_A_SECOND = 100;

/** The processor time that a process of this machine has used so far; null where the system does not say. */
export function cpuSecondsOf(pid: number | undefined): number | null {
  // the second field is the command in brackets; user and system time are the 14th and 15th
  const fields = processFile(pid, 'stat')
    .replace(/^.*\) /s, '')
    .split(' ');
  return fields.length < 13 ? null : (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

/** A file of /proc; empty where there is no such thing. */
export function processFile(pid: number | undefined, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

/** A figure for people. */
export const digits = (value: number, decimals = 0): string =>
  Number.isFinite(value) ? value.toFixed(decimals) : 'unknown';
