import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';

interface Npm {
  readonly npm: ChildProcess;
  readonly url: string;
}

/** `npm start` in a process group of its own, as a terminal starts it. */
async function npmStart(workers = 1): Promise<Npm> {
  const folder = await mkdtemp(path.join(tmpdir(), 'parley-npm-'));
  const npm = spawn('npm', ['start'], {
    cwd: packageRoot,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      ...{ PORT: '0', SEED: 'none', DATABASE_URL: `file:${folder}/forum.db`, WORKERS: String(workers) },
    },
  });
  const group = -(npm.pid ?? Number.NaN);
  onTestFinished(async () => {
    if (isThere(group)) process.kill(group, 'SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });
  let said = '';
  for await (const data of npm.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    said += data;
    const urls = [...said.matchAll(/listens at (http:\/\/[^"\s]+)/g)].map(([, url]) => url);
    if (urls[workers - 1]) return { npm, url: urls[0] ?? '' };
  }
  throw new Error(`npm start ended before it listened: ${said}`);
}

/** Whether a process of a group exists. Groups have negative ids. */
function isThere(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  const [name] = await Promise.race([
    once(server, 'listening').then(() => ['listening']),
    once(server, 'error').then(() => ['error']),
  ]);
  server.close();
  return name === 'listening';
}

test('SIGTERM to npm start stops the server: no process is left, the port is free, and the status is 0', async () => {
  const { npm, url } = await npmStart();
  npm.kill('SIGTERM');
  expect(await once(npm, 'exit')).toEqual([0, null]);
  await vi.waitFor(() => expect(isThere(-(npm.pid ?? Number.NaN))).toBe(false), 5_000);
  expect(await isFree(Number(new URL(url).port))).toBe(true);
});

test.each([1, 2])(
  'Ctrl-C, which the terminal and npm both send, lets the requests of %s process(es) finish',
  async (workers) => {
    const { npm, url } = await npmStart(workers);
    const body = JSON.stringify({ query: '{ serverInfo { version } }' });
    const slow = await slowRequest(url, body);
    process.kill(-(npm.pid ?? Number.NaN), 'SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await slow.finish()).toBe(200);
    expect(await once(npm, 'exit')).toEqual([0, null]);
  },
);

/** A request whose body the server waits for. */
async function slowRequest(url: string, body: string) {
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  const sent = request(`${url}/graphql`, { method: 'POST', headers: { ...headers, expect: '100-continue' } });
  const answered = once(sent, 'response');
  sent.flushHeaders();
  await once(sent, 'continue');
  return {
    finish: async () => {
      sent.end(body);
      const [response] = await answered;
      response.resume();
      return response.statusCode as number;
    },
  };
}
