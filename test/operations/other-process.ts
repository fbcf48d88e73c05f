import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { afterAll } from 'vitest';
import { temporaryFolder } from '../support/database.ts';

/** What a database of forum-process.ts holds. */
export interface Standing {
  /** The rows of the table comment. */
  readonly comments: number;
  /** The counter on the discussion: equal to `comments` in every committed state. */
  readonly counted: number;
  readonly integrity: string;
}

export interface ForumProcess {
  /** Asks for one of the verbs of forum-process.ts, and waits for the answer. */
  ask<T>(verb: string): Promise<T>;
}

export interface KillableProcess {
  /** Sends a signal, and waits for the end. */
  kill(signal: NodeJS.Signals): Promise<{ status: number | null; errors: string }>;
}

const folders: ReturnType<typeof temporaryFolder>[] = [];

/** A new folder of this test's own; it is gone when its file's tests are over. */
export function newFolder(): string {
  const folder = temporaryFolder();
  folders.push(folder);
  return folder.path;
}

let shared: ReturnType<typeof startForums> | undefined;

/**
 * Another process that has the database open as the server does: sqlite3 (in the test's process) and better-sqlite3
 * must never open one file in the same process. Most tests of a file share it, because starting one takes a while.
 */
export async function forumProcess(file: string): Promise<ForumProcess> {
  shared ??= startForums();
  return shared.forum(file);
}

/** The same in a process of its own, which can be killed. */
export async function killableForumProcess(file: string): Promise<ForumProcess & KillableProcess> {
  const forums = startForums();
  return { ...(await forums.forum(file)), kill: forums.kill };
}

/** A backup or a restore that stands still after some steps of its copying, until a signal ends it. */
export async function stoppedHalfWay(
  command: 'backup' | 'restore',
  database: string,
  file: string,
  steps: number,
): Promise<KillableProcess> {
  const { lines, kill } = start('half-way-process.ts', [command, `file:${database}`, file, String(steps)]);
  await once(lines, 'line');
  return { kill };
}

function startForums() {
  const { child, lines, kill } = start('forum-process.ts', []);
  const waiting = new Map<number, { resolve: (answer: never) => void; reject: (reason: Error) => void }>();
  let asked = 0;
  lines.on('line', (line) => {
    const { number, answer } = JSON.parse(line);
    waiting.get(number)?.resolve(answer as never);
    waiting.delete(number);
  });
  lines.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('The process with the forums has ended.'));
  });
  const forum = async (file: string): Promise<ForumProcess> => {
    const ask = <T>(verb: string) =>
      new Promise<T>((resolve, reject) => {
        asked += 1;
        waiting.set(asked, { resolve, reject });
        child.stdin.write(`${asked} ${file} ${verb}\n`);
      });
    await ask('open');
    return { ask };
  };
  return { forum, kill };
}

const started: KillableProcess[] = [];

afterAll(async () => {
  for (const { kill } of started) await kill('SIGKILL');
  for (const folder of folders) folder.remove();
});

function start(script: string, args: string[]) {
  const argv = ['--import', 'tsx', join(import.meta.dirname, script), ...args];
  const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn(process.execPath, argv, {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const closed = once(child, 'close');
  const kill: KillableProcess['kill'] = async (signal) => {
    child.kill(signal);
    await closed;
    return { status: child.exitCode, errors };
  };
  started.push({ kill });
  return { child, lines: createInterface({ input: child.stdout }), kill };
}
