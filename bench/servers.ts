import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Program } from './programs.ts';
import { packageRoot } from './server-sources.ts';

const START_MS_MAX = 60_000;
const POLL_MS = 5;

/** Whether servers and load can be tied to a core of their own each: 0 for whatever is measured, 1 for the load. */
export const isPinned =
  availableParallelism() > 1 && spawnSync('taskset', ['-c', '0,1', 'true']).status === 0;

/** Ties this process, which makes the load, to its core. */
export function pinLoad(): void {
  if (isPinned) spawnSync('taskset', ['-acp', '1', String(process.pid)]);
}

/** In bytes: everything that is resident, mapped files included, and of that what is its own. */
export type Memory = Readonly<Record<'resident' | 'own', number>>;

/** A program that is running. */
export interface Server {
  readonly program: Program;
  /** Where operations are posted to. */
  readonly url: string;
  /** Its memory now; null where the system does not say. */
  memory(): Memory | null;
  /** The processor time that it has used so far, in seconds; null where the system does not say. */
  cpuSeconds(): number | null;
  /** The same of a database server's processes that work for it alone; absent: it has no such server. */
  databaseCpuSeconds?(): Promise<number | null>;
  /** What the probe in it answers to a message; see probe.ts. */
  ask<T>(message: string): Promise<T>;
  stop(): Promise<void>;
}

/**
 * Starts a program on a file or a database and on a free port, and resolves when it answers. `probe` is loaded before
 * it. Throws if it ends before that or takes too long.
 */
export async function start(program: Program, place: string, probe?: string): Promise<Server> {
  const port = await freePort();
  const command = [process.execPath, ...(probe ? ['--import', `./${probe}`] : []), program.script];
  if (isPinned) command.unshift('taskset', '-c', '0');
  const [file = '', ...args] = command;
  const env = { ...process.env, NODE_ENV: 'production', ...program.env(place), PORT: String(port) };
  const child = spawn(file, args, { cwd: packageRoot, env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const url = `http://127.0.0.1:${port}${program.path}`;
  const until = performance.now() + START_MS_MAX;
  while (!(await answers(url))) {
    if (child.exitCode !== null)
      throw new Error(`${program.name} ended with ${child.exitCode} at its start.`);
    if (performance.now() > until) throw new Error(`${program.name} did not answer within a minute.`);
    await sleep(POLL_MS);
  }
  return {
    ...{ program, url, cpuSeconds: () => cpuSecondsOf(child.pid) },
    memory: () => {
      const status = processFile(child.pid, 'status');
      const bytes = (name: string) => 1024 * Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]);
      const memory = { resident: bytes('VmRSS'), own: bytes('RssAnon') };
      return Number.isFinite(memory.resident) && Number.isFinite(memory.own) ? memory : null;
    },
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

/** Starts several programs, each on a place of its own; stops all of them if one does not start. */
export async function startAll(programs: readonly Program[], place: () => string): Promise<Server[]> {
  const servers: Server[] = [];
  try {
    for (const program of programs) servers.push(await start(program, place()));
    return servers;
  } catch (error) {
    await stopAll(servers);
    throw error;
  }
}

export async function stopAll(servers: readonly Server[]): Promise<void> {
  await Promise.all(servers.map((server) => server.stop()));
}

/** Any HTTP answer will do: an empty GET is refused by every server. */
async function answers(url: string): Promise<boolean> {
  try {
    await (await fetch(url)).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
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
