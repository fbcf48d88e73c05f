import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageRoot } from './server-sources.ts';

const START_MS_MAX = 60_000;
const POLL_MS = 5;

/** Whether servers and load can be kept on a core of their own each. */
export const isPinned =
  availableParallelism() > 1 && spawnSync('taskset', ['-c', '0,1', 'true']).status === 0;

type Env = Readonly<Record<string, string>>;

/**
 * Starts a Node process in the project's folder, where `taskset` is there on one core: 0 for whatever is measured, one
 * server at a time; 1 for the load. Its messages come by IPC, what it writes to stderr is shown.
 */
export function startNode(args: readonly string[], core: 0 | 1, env: Env = {}): ChildProcess {
  const command = [process.execPath, ...args];
  if (isPinned) command.unshift('taskset', '-c', String(core));
  const [file = '', ...rest] = command;
  return spawn(file, rest, {
    cwd: packageRoot,
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

/** In bytes: everything that is resident, mapped files included, and of that what is its own. */
export interface Memory {
  readonly resident: number;
  readonly own: number;
}

/** A server under measurement. */
export interface Server {
  /** Where operations are posted to. */
  readonly url: string;
  /** The memory that it holds now; null where the system does not say. */
  memory(): Memory | null;
  /** The processor time that it has used so far, in seconds; null where the system does not say. */
  cpuSeconds(): number | null;
  /** The same of a database server's processes that work for it alone; absent: it has no such server. */
  databaseCpuSeconds?(): Promise<number | null>;
  /** What it answers to a message: how many statements it has run so far, or what has been covered. */
  ask<T>(message: string): Promise<T>;
  stop(): Promise<void>;
}

/** Starts a server on a free port and resolves when it answers. Throws where it ends before that or takes too long. */
export async function startServer(path: string, args: readonly string[], env: Env): Promise<Server> {
  const port = await freePort();
  const child = startNode(args, 0, { ...env, PORT: String(port) });
  const url = `http://127.0.0.1:${port}${path}`;
  const until = performance.now() + START_MS_MAX;
  while (!(await answers(url))) {
    if (child.exitCode !== null)
      throw new Error(`${args.join(' ')} ended with ${child.exitCode} at its start.`);
    if (performance.now() > until) throw new Error(`${args.join(' ')} did not answer within a minute.`);
    await sleep(POLL_MS);
  }
  return {
    url,
    memory: () => {
      const status = processFile(child.pid, 'status');
      const bytes = (name: string) => 1024 * Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]);
      const memory = { resident: bytes('VmRSS'), own: bytes('RssAnon') };
      return Number.isFinite(memory.resident) && Number.isFinite(memory.own) ? memory : null;
    },
    cpuSeconds: () => cpuSecondsOf(child.pid),
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
