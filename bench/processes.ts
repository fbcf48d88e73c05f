import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageRoot } from '../src/package-root.ts';

const START_MS_MAX = 60_000;
const POLL_MS = 5;

/** Whether servers and load can be kept on a core of their own each. */
export const isPinned =
  availableParallelism() > 1 && spawnSync('taskset', ['-c', '0,1', 'true']).status === 0;

/** Core 0 for whatever is measured, one server at a time; core 1 for the load. */
export type Core = 0 | 1;

/**
 * Starts a Node process in the package's folder, on one core where `taskset` is there. Its messages come by IPC, what
 * it writes to stderr is shown.
 */
export function startNode(
  args: readonly string[],
  core: Core,
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  const command = [process.execPath, ...args];
  if (isPinned) command.unshift('taskset', '-c', String(core));
  const [file = '', ...rest] = command;
  return spawn(file, rest, {
    cwd: packageRoot,
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

/** A server under measurement. */
export interface Server {
  readonly pid: number;
  /** Where operations are posted to. */
  readonly url: string;
  /** The memory that it holds now; null where the system does not say. */
  memory(): Memory | null;
  /** The processor time that it has used so far, in seconds; null where the system does not say. */
  cpuSeconds(): number | null;
  /** The same of a database server's processes that work for it alone; absent: it has no such server. */
  databaseCpuSeconds?(): Promise<number | null>;
  /** How many statements it has run so far, where it counts them; see counted-process.ts. */
  statements(): Promise<number>;
  /** What it answers to a message. */
  ask(message: string): Promise<unknown>;
  stop(): Promise<void>;
}

export interface Memory {
  /** Everything that is resident, mapped files included, in bytes. */
  readonly resident: number;
  /** Of that, what is its own. */
  readonly own: number;
}

/** The kernel counts processor time in hundredths of a second, whatever its own clock (proc(5), sysconf(3)). */
const TICKS_A_SECOND = 100;

/** Starts a server on a free port and resolves when it answers. Throws where it ends before that or takes too long. */
export async function startServer(
  path: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Server> {
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
  const ask = async (message: string) => {
    child.send(message);
    return ((await once(child, 'message')) as [unknown])[0];
  };
  return {
    url,
    pid: child.pid ?? 0,
    memory: () => {
      const status = processFile(child.pid, 'status');
      const bytes = (name: string) => 1024 * Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]);
      const memory = { resident: bytes('VmRSS'), own: bytes('RssAnon') };
      return Number.isFinite(memory.resident) && Number.isFinite(memory.own) ? memory : null;
    },
    cpuSeconds: () => processCpuSeconds(child.pid),
    statements: async () => (await ask('statements?')) as number,
    ask,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Any HTTP answer will do: an empty GET is refused by both servers. */
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

/** The processor time that a process of this machine has used so far; null where the system does not say. */
export function processCpuSeconds(pid: number | undefined): number | null {
  const stat = processFile(pid, 'stat');
  return stat === '' ? null : cpuSecondsOf(stat);
}

/** What the `stat` of a process or of a thread says that it has used. */
export function cpuSecondsOf(stat: string): number {
  // the second field is the command in brackets; user and system time are the 14th and 15th
  const fields = stat.replace(/^.*\) /s, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

/** A file of /proc; empty where there is no such thing. */
function processFile(pid: number | undefined, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
