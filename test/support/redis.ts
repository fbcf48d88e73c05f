import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from './free-port.ts';

const isInstalled = spawnSync('redis-server', ['--version']).status === 0;

if (!isInstalled && process.env['CI']) {
  throw new Error('redis-server must be installed: in CI a skipped suite is a failure.');
}

/** Whether suites that need Redis can run here. */
export const hasRedis: boolean = isInstalled;

/** `title` as a suite's title: it says where the suite is skipped, and why. */
export const redisTitle = (title: string): string =>
  isInstalled ? title : `${title} (skipped: there is no redis-server on this machine)`;

export interface TestRedis {
  readonly url: string;
  /** Starts it again on the same port, empty. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Accepts connections but does not answer until it is resumed. */
  freeze(): void;
  thaw(): void;
}

/** A Redis of its own on a free port, that keeps nothing on disk. */
export async function startRedis(): Promise<TestRedis> {
  const port = await freePort();
  let child: ChildProcess | null = null;
  const redis: TestRedis = {
    url: `redis://127.0.0.1:${port}`,
    start: async () => {
      const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
      const started = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] });
      child = started;
      let said = '';
      for await (const data of started.stdout) {
        said += data;
        if (said.includes('Ready to accept connections')) break;
      }
      started.stdout.resume();
    },
    stop: async () => {
      if (!child || child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGCONT');
      child.kill('SIGKILL');
      await ended;
      child = null;
    },
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
  };
  await redis.start();
  return redis;
}
