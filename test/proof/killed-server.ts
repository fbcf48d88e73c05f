import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { packageRoot } from '../../src/package-root.ts';

/** The bundled server as a process group of its own, over one file. */
export interface KilledServer {
  readonly url: string;
  /** Ends it as a power cut would, workers and all, and waits until it is gone. */
  kill(): Promise<void>;
}

const running = new Set<ChildProcess>();
// whatever becomes of a test, nothing goes on running
process.once('exit', () => running.forEach(killGroup));

/** Starts it and waits until all of it listens. */
export async function startServer(file: string, workers: number): Promise<KilledServer> {
  const child = spawn(process.execPath, [path.join(packageRoot, 'dist/main.js')], {
    cwd: path.dirname(file),
    env: {
      PATH: process.env['PATH'],
      OVERLOAD_WAIT_MS: '0',
      ...{ PORT: '0', SEED: 'none', DATABASE_URL: `file:${file}`, PLAYGROUND: 'off' },
      ...{ RATE_LIMITS: 'off', WORKERS: String(workers) },
    },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  running.add(child);
  const gone = once(child, 'close').then(() => running.delete(child));
  let text = '';
  const listening = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const urls = [...text.matchAll(/listens at (http:\/\/[^"\s]+)/g)].map(([, url]) => url ?? '');
      if (urls.length === workers) resolve(urls[0] ?? '');
    });
    child.once('exit', () => reject(new Error(`It ended before it listened: ${text}`)));
  });
  return {
    url: await listening,
    kill: async () => {
      killGroup(child);
      await gone;
    },
  };
}

function killGroup(child: ChildProcess): void {
  try {
    process.kill(-(child.pid ?? 0), 'SIGKILL');
  } catch {
    // it is gone already
  }
}
