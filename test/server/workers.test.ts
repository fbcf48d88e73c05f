import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { type Program, start } from './program.ts';

/** The workers of a program, by their process numbers. */
function workersOf({ child }: Program): number[] {
  try {
    return execFileSync('pgrep', ['-P', String(child.pid)], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map(Number);
  } catch {
    return []; // pgrep's way of saying that there are none
  }
}

/** How many of them serve. */
const listening = (program: Program) => program.output().split('listens at').length - 1;

const serves = async (url: string) => (await fetch(`${url}/graphql?query={serverInfo{name}}`)).status;

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
}

describe('WORKERS', () => {
  test('serve one port side by side, and SIGTERM ends them all with status 0 and the database closed', async () => {
    const program = await start({ WORKERS: '2' });
    const url = await program.listening();
    await until(() => listening(program) === 2);
    expect(await Promise.all(Array.from({ length: 20 }, () => serves(url)))).toEqual(Array(20).fill(200));
    program.child.kill('SIGTERM');
    const { status, stderr } = await program.ended();
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(await readdir(program.folder)).toEqual(['forum.db']);
  });

  test('are replaced when they die, while the others serve on', async () => {
    const program = await start({ WORKERS: '2' });
    const url = await program.listening();
    await until(() => listening(program) === 2);
    const [victim = 0, survivor = 0] = workersOf(program);
    process.kill(victim, 'SIGKILL');
    await until(() => !workersOf(program).includes(victim));
    expect(await serves(url)).toBe(200);
    await until(() => workersOf(program).length === 2);
    expect(workersOf(program)).toContain(survivor);
    expect(workersOf(program)).not.toContain(victim);
  });

  test('that cannot start end the program with status 1 and one sentence', async () => {
    const other = await start();
    const { port } = new URL(await other.listening());
    const program = await start({ WORKERS: '2', PORT: port });
    const { status, stderr } = await program.ended();
    expect(status).toBe(1);
    expect(stderr).toContain(`Port ${port} on 127.0.0.1 is in use`);
  });
}, 60_000);
