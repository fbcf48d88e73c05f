import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { packageRoot } from '../../../src/package-root.ts';

/** The memory of a process, in megabytes. */
export interface Memory {
  /** What is in use after a garbage collection. */
  readonly heapUsed: number;
  readonly rss: number;
  /** The highest `rss` so far. */
  readonly peak: number;
  /** The highest so far without mapped files, such as SQLite's. Elsewhere than on Linux it is with them. */
  readonly ownPeak: number;
}

/** The bundled server in a process of its own, which says what memory it uses. */
export interface WatchedServer {
  readonly url: string;
  /** Collects garbage first. */
  memory(): Promise<Memory>;
  /** The exit code or signal if the process has ended. */
  ended(): string | null;
  stop(): Promise<void>;
}

/** Runs in the server's process: answers each message of this process with its memory. */
const REPORT = `import { existsSync, readFileSync } from 'node:fs';
const STATUS = '/proc/self/status';
const own = existsSync(STATUS)
  ? () => Number(/RssAnon:\\s*(\\d+)/.exec(readFileSync(STATUS, 'utf8'))[1]) / 2 ** 10
  : () => process.memoryUsage.rss() / 2 ** 20;
let ownPeak = 0;
const look = () => { ownPeak = Math.max(ownPeak, own()); };
setInterval(look, 50).unref();
process.on('message', () => {
  look();
  globalThis.gc(); globalThis.gc();
  const { heapUsed, rss } = process.memoryUsage();
  const peak = process.resourceUsage().maxRSS / 2 ** 10;
  process.send({ heapUsed: heapUsed / 2 ** 20, rss: rss / 2 ** 20, peak, ownPeak });
}); process.channel.unref();`;

/** Starts it on a migrated database and waits until it listens. */
export async function startWatched(
  databaseUrl: string,
  folder: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<WatchedServer> {
  const report = `data:text/javascript,${encodeURIComponent(REPORT)}`;
  const child = spawn(
    process.execPath,
    ['--expose-gc', '--import', report, path.join(packageRoot, 'dist/main.js')],
    {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        ...{ PORT: '0', SEED: 'none', DATABASE_URL: databaseUrl, PLAYGROUND: 'off', RATE_LIMITS: 'off' },
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    },
  );
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const url = await urlOf(child);
  return {
    url,
    memory: async () => {
      const answer = once(child, 'message');
      child.send('memory');
      return (await answer)[0] as Memory;
    },
    ended: () => (child.exitCode === null ? child.signalCode : `code ${child.exitCode}`),
    stop: async () => {
      process.removeListener('exit', kill);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

async function urlOf(child: ChildProcess): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(-10_000);
      const url = /listens at (http:\/\/[^"\s]+)/.exec(text)?.[1];
      if (url) resolve(url);
    });
    child.once('exit', () => reject(new Error(`The server ended before it listened: ${text}`)));
  });
}
