import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';

/** The server as a process of its own. */
export interface Program {
  readonly child: ChildProcess;
  readonly folder: string;
  /** Resolves to the address once the program listens. */
  listening(): Promise<string>;
  /** Everything on its standard output so far. */
  output(): string;
  /** Resolves when it has ended. */
  ended(): Promise<{ status: number | null; stdout: string; stderr: string }>;
}

/** Starts the program as an operator does, in an empty folder, on a free port. */
export async function start(env: Record<string, string> = {}): Promise<Program> {
  const folder = await mkdtemp(path.join(tmpdir(), 'parley-process-'));
  const child = spawn(process.execPath, [path.join(packageRoot, 'dist/main.js')], {
    cwd: folder,
    env: { PATH: process.env['PATH'], PORT: '0', SEED: 'none', DATABASE_URL: 'file:./forum.db', ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const closed = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await closed;
    await rm(folder, { recursive: true });
  });
  const address = () => /listens at (http:\/\/[^"\s]+)/.exec(stdout)?.[1];
  return {
    child,
    folder,
    listening: async () => {
      while (!address()) {
        await Promise.race([once(child.stdout, 'data'), closed]);
        if (child.exitCode !== null) throw new Error(`It ended before it listened: ${stderr}`);
      }
      return address() ?? '';
    },
    output: () => stdout,
    ended: async () => {
      await closed;
      return { status: child.exitCode, stdout, stderr };
    },
  };
}
